// Pictures of every route to look at: `node screenshots.mjs FOLDER [part of a name]`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { demonstration, FLAGS, required } from "./support/bilan.mjs";

const folder = process.argv[2];
const only = process.argv[3] ?? "";
if (!folder) throw new Error("usage: node screenshots.mjs FOLDER [part of a name]");
mkdirSync(folder, { recursive: true });

const STEPS = ["what", "where", "evidence", "who", "preview"].map((step) => `report?step=${step}`);
const ROUTES = [
  "", "air", "air/1424A", "water", "water/A500107_0001", "rectification", "rectification/CASE-4", "green", "scorecard", "programmes",
  "programmes/digital-brain", ...STEPS, "reports", "track", "about", "accessibility", "no-such-page",
];
const STATES = { "zh-CN": "实时", en: "Live" };

/** Each look of each route, with its name. */
function* looks() {
  for (const route of ROUTES) {
    const name = route.replaceAll(/[/?=]/g, "-") || "overview";
    for (const width of [360, 1280]) {
      for (const lang of ["zh-CN", "en"]) {
        for (const colours of ["light", "dark"]) yield { route, width, lang, colours, name: `${name}-${width}-${lang}-${colours}` };
      }
      yield { route, width, lang: "zh-CN", colours: "light", size: "elder", name: `${name}-${width}-elder` };
    }
    yield { route, width: 794, lang: "zh-CN", colours: "light", media: "print", name: `${name}-print` };
    yield { route, width: 360, lang: "zh-CN", colours: "light", script: false, name: `${name}-360-without-script` };
  }
}

const demo = await demonstration(Number(process.env.BILAN_HISTORY_DAYS ?? 400));
const browser = await chromium.launch({ executablePath: required("BILAN_CHROMIUM"), args: FLAGS });
try {
  for (const look of looks()) {
    if (!look.name.includes(only)) continue;
    const context = await browser.newContext({
      viewport: { width: look.width, height: look.width < 500 ? 740 : 900 },
      colorScheme: look.colours,
      javaScriptEnabled: look.script !== false,
      locale: look.lang,
    });
    const page = await context.newPage();
    const size = look.size ? `&size=${look.size}` : "";
    await page.goto(`${demo.url}${look.route}${look.route.includes("?") ? "&" : "?"}lang=${look.lang}${size}`);
    if (look.script !== false) {
      await page.getByRole("banner").getByRole("status").filter({ hasText: STATES[look.lang] }).waitFor();
      await page.getByText(/^(正在绘制图表…|Drawing the chart…|正在加载…|Loading…)$/).first().waitFor({ state: "detached" });
    }
    if (look.media) await page.emulateMedia({ media: look.media });
    await page.screenshot({ path: join(folder, `${look.name}.png`), fullPage: true });
    await context.close();
  }
} finally {
  await browser.close();
  await demo.end();
}
