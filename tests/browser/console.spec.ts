// The staff console against the real server: who may do what, who came first, and that nothing typed is lost.
import { expect, test, type Page } from "@playwright/test";
import { say, Staff } from "./support/officers.ts";

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
  const others = page.getByRole("table").getByRole("row").filter({ hasNotText: state });
  await expect(others, "the heading alone").toHaveCount(1);
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

  await hidden.getByRole("button", { name: "不予公开", exact: true }).click();
  const alert = hidden.getByRole("alert");
  const [before, after] = zh("stale_changed", { who: Staff.called("verifier"), at: "|", action: "内部备注" }).split("|");
  await expect(alert).toContainText(new RegExp(`${before}\\d+ 月 \\d+ 日 \\d\\d:\\d\\d${after}`));
  await expect(alert).toContainText(zh("failed_kept"));
  await expect(hidden.getByLabel(zh("act_reason"))).toHaveValue("照片里有门牌，核实后再定");
  await alert.getByRole("button", { name: zh("failed_show_newest") }).click();
  await expect(two.getByRole("region", { name: zh("messages_title") })).toContainText("已约街道周三现场查看");
  await expect(hidden.getByLabel(zh("act_reason"))).toHaveValue("照片里有门牌，核实后再定");
  await Promise.all([one.close(), two.close()]);
});

test("filters of the inbox are in the address, work by keyboard, and mean the same to a colleague", async ({ browser, page }) => {
  await staff.open(page, "triage", "", "zh-CN");
  const lines = page.getByRole("table").getByRole("rowheader");
  await expect(lines.first()).toBeVisible();
  const all = await lines.count();

  const category = page.getByRole("search").getByLabel(zh("filter_category"));
  await category.focus();
  while ((await category.inputValue()) !== "noise") {
    const before = await category.inputValue();
    await page.keyboard.press("ArrowDown");
    await expect(category).not.toHaveValue(before);
  }
  await expect(page).toHaveURL(/category=noise/);
  await expect(category).toBeFocused();
  await expect(lines.filter({ hasNotText: "噪声扰民" })).toHaveCount(0);
  const noisy = await lines.count();
  expect(noisy).toBeGreaterThan(1);
  expect(noisy).toBeLessThan(all);

  const words = page.getByRole("searchbox", { name: zh("filter_words") });
  await words.focus();
  await page.keyboard.insertText("机器轰鸣");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/category=noise.*q=|q=.*category=noise/);
  await expect(lines).toHaveCount(1);
  const number = /R[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await lines.first().innerText())?.[0] ?? "";

  const colleague = await browser.newPage();
  await staff.open(colleague, "publisher", "", "zh-CN");
  await colleague.goto(page.url());
  const theirs = colleague.getByRole("table").getByRole("rowheader");
  await expect(theirs).toHaveCount(1);
  await expect(theirs).toContainText(number);
  await expect(colleague.getByRole("searchbox", { name: zh("filter_words") })).toHaveValue("机器轰鸣");

  await page.getByRole("checkbox", { name: zh("filter_overdue") }).focus();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/overdue=1/);
  await expect(lines).toHaveCount(0);
  await expect(page.getByText(zh("inbox_empty"))).toBeVisible();
  await page.reload();
  await expect(page.getByRole("checkbox", { name: zh("filter_overdue") })).toBeChecked();
  await expect(category).toHaveValue("noise");
  await colleague.close();
});
