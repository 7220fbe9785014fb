// Pages of the district's record in the office, as axe and narrow screens find them.
import { expect, test, type Page } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { say, Staff } from "./support/officers.ts";
import { overflow, Watch } from "./support/reader.ts";
import { LANGS, type Lang } from "./support/words.ts";

// One demonstration for all: its officers sign in with a code that is taken once.
test.describe.configure({ mode: "default", timeout: 240_000 });

let staff: Staff;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  staff = await Staff.start();
});
test.afterAll(async () => staff?.end());

interface Look {
  name: string;
  role: string;
  path: string;
  open?: (page: Page, lang: Lang) => Promise<void>;
}

/** The form of an event by its name in both languages. */
const form = (names: Record<Lang, string>) => async (page: Page, lang: Lang) => {
  const actions = page.getByRole("region", { name: say(lang, "actions_title"), exact: true });
  await actions.getByRole("button", { name: names[lang], exact: true }).click();
  await expect(actions.getByRole("form")).toBeVisible();
};
const firstOf = (stage: string) => `record?stage=${stage}`;
const opened = (inner: (page: Page, lang: Lang) => Promise<void>) => async (page: Page, lang: Lang) => {
  await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: say(lang, "timeline_title") })).toBeVisible();
  await inner(page, lang);
};

const LOOKS: Look[] = [
  { name: "list of issues", role: "auditor", path: "record" },
  {
    name: "list with issues chosen",
    role: "triage",
    path: firstOf("open"),
    open: async (page, lang) => {
      await page.getByRole("table").getByRole("checkbox").first().check();
      await page.getByRole("combobox", { name: say(lang, "bulk_action") }).selectOption("assigned");
      await expect(page.getByRole("combobox", { name: say(lang, "record_unit"), exact: true }).last()).toBeVisible();
    },
  },
  { name: "issue that is read only", role: "auditor", path: firstOf("publicity"), open: opened(async () => {}) },
  {
    name: "issue whose measures are written",
    role: "handler",
    path: firstOf("assigned"),
    open: opened(async (page, lang) => {
      await form({ "zh-CN": "制定措施", en: "measures set" })(page, lang);
      await page.getByRole("button", { name: say(lang, "plan_add") }).click();
      await page.getByText(say(lang, "record_other_stages")).click();
    }),
  },
  {
    name: "issue whose progress is reported",
    role: "handler",
    path: firstOf("in_progress"),
    open: opened(form({ "zh-CN": "报送进展", en: "progress reported" })),
  },
  {
    name: "issue that is checked",
    role: "verifier",
    path: firstOf("done"),
    open: opened(form({ "zh-CN": "补充证据", en: "evidence added" })),
  },
  { name: "form of a new issue", role: "triage", path: "record/new" },
  { name: "import", role: "triage", path: "record/import" },
  { name: "objections", role: "publisher", path: "record/objections" },
  { name: "scorecard and programmes", role: "publisher", path: "content" },
  { name: "form of a new indicator", role: "publisher", path: "content/scorecard" },
  { name: "form of a new programme", role: "publisher", path: "content/programmes" },
];

for (const role of new Set(LOOKS.map((look) => look.role))) {
  test(`axe finds nothing on the pages of the record that are the ${role}'s, and nothing lies beyond the edge`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const watch = new Watch(page);
    await staff.open(page, role, "account", "zh-CN");
    for (const look of LOOKS.filter((look) => look.role === role)) {
      for (const lang of LANGS) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.goto(`${staff.url}console/${look.path}${look.path.includes("?") ? "&" : "?"}lang=${lang}`);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.getByText(say(lang, "loading"))).toHaveCount(0);
        await look.open?.(page, lang);
        for (const width of [1280, 360]) {
          await page.setViewportSize({ width, height: 800 });
          for (const colorScheme of ["light", "dark"] as const) {
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            await expectNoBarriers(page, `${look.name} in ${lang}, ${colorScheme}, ${width} px`);
          }
          expect(await overflow(page), `${look.name} in ${lang}: pixels wider than ${width}`).toBe(0);
        }
        await page.setViewportSize({ width: 320, height: 740 });
        await expect.poll(() => overflow(page), `${look.name} in ${lang}: pixels wider than 320`).toBe(0);
      }
    }
    // Who is not signed in yet is told so by the server.
    expect(watch.complaints.filter((complaint) => !complaint.includes("401"))).toEqual([]);
    await context.close();
  });
}
