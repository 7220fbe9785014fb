// The whole way without script: a browser too old for the program sends a report by a plain form and finds it again.
import { expect, test } from "@playwright/test";
import { overflow } from "./support/reader.ts";
import { photoWithPlace } from "./support/photo.ts";
import { LANGS, type Lang } from "./support/words.ts";

const SAID: Record<Lang, Record<string, string | RegExp>> = {
  "zh-CN": {
    kind: /^冒烟与露天焚烧/, source: /^烟从哪里来/, open: "露天焚烧", text: /^发生了什么/, address: "地址或附近标志", photos: /^照片/,
    send: "同意并提交", received: "举报已收到", code: "查询码", look: "查询", track: "查询举报", submitted: "已提交",
  },
  en: {
    kind: /^Smoke and open burning/, source: /^Where does the smoke come from/, open: "An open fire", text: /^What happened/, address: /^Address/, photos: /^Photos/,
    send: "Agree and send", received: "Report received", code: "Claim code", look: "Show", track: /^Track/, submitted: /submitted/i,
  },
};

test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

for (const lang of LANGS) {
  test(`a report is written, put right, received and found again without script in ${lang}`, { tag: "@core" }, async ({ browser, page }) => {
    const said = SAID[lang];
    // Only a browser with script can draw the picture.
    const painter = await browser.newPage();
    const taken = await photoWithPlace(painter);
    await painter.close();

    await page.goto(`report?lang=${lang}`);
    await page.getByRole("main").getByRole("link", { name: said.kind }).click();
    await page.getByLabel(said.text).fill("市场后面每晚烧垃圾");
    await page.getByRole("button", { name: said.send }).click();
    const faults = page.getByRole("alert").getByRole("link");
    await expect(faults).toHaveCount(2);
    await expect(page.getByLabel(said.text)).toHaveValue("市场后面每晚烧垃圾");
    expect(await overflow(page)).toBe(0);

    await page.getByLabel(said.source).selectOption({ label: said.open as string });
    await page.getByLabel(said.address).fill("桃花溪步道");
    await page.getByLabel(said.photos).setInputFiles(taken);
    await page.getByRole("button", { name: said.send }).click();
    await expect(page.getByRole("heading", { level: 1, name: said.received })).toBeVisible();
    const receipt = await page.getByRole("main").innerText();
    const code = /JLP(-[0-9A-Z]{4}){5}-[0-9A-Z]/.exec(receipt)?.[0] ?? "no code";
    const number = /R[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(receipt)?.[0] ?? "no number";
    expect(await overflow(page)).toBe(0);

    await page.getByRole("main").getByRole("link", { name: said.track }).click();
    await page.getByLabel(said.code).fill(code.toLowerCase());
    await page.getByRole("button", { name: said.look }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(number);
    await expect(page.getByRole("main")).toContainText(said.submitted);
    expect(page.url(), "the code is in no address").not.toContain(code);
  });
}
