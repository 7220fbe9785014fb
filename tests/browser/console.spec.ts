// The staff console against the real server: who may do what, who came first, and that nothing typed is lost.
import { expect, test, type Page } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { say, Staff } from "./support/officers.ts";
import { LANGS, type Lang } from "./support/words.ts";

// One demonstration for all: its officers sign in with a code that is taken once.
test.describe.configure({ mode: "serial" });

let staff: Staff;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  staff = await Staff.start();
});
test.afterAll(async () => staff?.end());

const zh = (key: string, fill?: Record<string, string | number>) => say("zh-CN", key, fill);

/** The first case of the inbox in a state, opened. */
async function openFirst(page: Page, state: string): Promise<void> {
  await page.getByRole("navigation", { name: zh("inbox_states") }).getByRole("link", { name: state }).click();
  await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: zh("timeline_title") })).toBeVisible();
}

test("a triage officer finds a new report by keyboard and accepts it", async ({ page }) => {
  await staff.open(page, "triage", "", "zh-CN");
  await page.getByRole("navigation", { name: zh("inbox_states") }).getByRole("link", { name: "已提交" }).click();
  await expect(page).toHaveURL(/state=submitted/);
  const first = page.getByRole("table").getByRole("rowheader").getByRole("link").first();
  await expect(first).toBeVisible();
  await page.getByRole("main").focus();
  await page.keyboard.press("j");
  await expect(first).toBeFocused();
  await page.keyboard.press("Enter");

  const actions = page.getByRole("region", { name: zh("actions_title") });
  await actions.getByRole("button", { name: "受理", exact: true }).click();
  await actions.getByRole("button", { name: zh("act_confirm", { action: "受理" }) }).click();
  await expect(page.getByRole("region", { name: zh("timeline_title") }).getByRole("listitem").last()).toContainText("受理");

  const close = actions.getByRole("button", { name: "办结", exact: true });
  await expect(close).toHaveAttribute("aria-disabled", "true");
  await expect(close).toHaveAccessibleDescription(/.{6,}/);
});

test("whoever comes second is told who was first and keeps what was typed", async ({ browser }) => {
  const [one, two] = [await browser.newPage(), await browser.newPage()];
  await staff.open(one, "verifier", "", "zh-CN");
  await openFirst(one, "已受理");
  const address = new URL(one.url());
  await staff.open(two, "publisher", address.pathname.split("/console/")[1] ?? "", "zh-CN");
  const hidden = two.getByRole("region", { name: zh("publication_title") });
  await hidden.getByText(zh("hide_title")).click();
  await hidden.getByLabel(zh("act_reason")).fill("照片里有门牌，核实后再定");

  const actions = one.getByRole("region", { name: zh("actions_title") });
  await actions.getByRole("button", { name: "内部备注", exact: true }).click();
  await actions.getByLabel(zh("act_note")).fill("已约街道周三现场查看");
  await actions.getByRole("button", { name: zh("act_confirm", { action: "内部备注" }) }).click();
  await expect(one.getByRole("region", { name: zh("timeline_title") })).toContainText("内部备注");

  await hidden.getByRole("button", { name: "取消公开", exact: true }).click();
  const alert = hidden.getByRole("alert");
  await expect(alert).toContainText("核查员");
  await expect(hidden.getByLabel(zh("act_reason"))).toHaveValue("照片里有门牌，核实后再定");
  await alert.getByRole("button", { name: zh("failed_show_newest") }).click();
  await expect(two.getByRole("region", { name: zh("timeline_title") })).toContainText("已约街道周三现场查看");
  await expect(hidden.getByLabel(zh("act_reason"))).toHaveValue("照片里有门牌，核实后再定");
  await Promise.all([one.close(), two.close()]);
});

const PAGES: Record<string, string[]> = {
  auditor: ["", "rewards", "ledger", "statistics", "audit", "account", "moderation"],
  administrator: ["users"],
};

for (const lang of LANGS) {
  for (const [role, paths] of Object.entries(PAGES)) {
    test(`axe finds nothing on the pages of the ${role} in ${lang}, and none scrolls sideways`, async ({ page }) => {
      test.slow();
      await staff.open(page, role, "", lang);
      for (const path of paths) {
        await page.goto(`${staff.url}console/${path}?lang=${lang}`);
        await look(page, lang, `/console/${path} in ${lang}`);
      }
      if (role !== "auditor") return;
      await page.goto(`${staff.url}console/?lang=${lang}`);
      await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
      await expect(page.getByRole("heading", { name: say(lang, "timeline_title") })).toBeVisible();
      await look(page, lang, `a case in ${lang}`);
    });
  }
}

/** At both ends of what screens there are, in both colours. */
async function look(page: Page, lang: Lang, when: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(say(lang, "loading"))).toHaveCount(0);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `${when} at ${width} px`).toBe(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectNoBarriers(page, `${when}, ${colorScheme}, ${width} px`);
    }
  }
}
