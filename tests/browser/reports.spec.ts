// Published reports: the list, the map with the same content, the filters in the address, one by itself.
import { expect, test } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { address, overflow } from "./support/reader.ts";
import { LANGS, pattern, say } from "./support/words.ts";

for (const lang of LANGS) {
  for (const width of [360, 1280]) {
    test(`the list is whole in ${lang} at ${width} px`, { tag: "@core" }, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(address("reports", lang));
      const { reports, total } = await (await page.request.get("api/v1/reports")).json();
      await expect(page.getByText(say(lang, "reports_total", { n: total }))).toBeVisible();
      expect(reports.length).toBeGreaterThan(0);
      const rows = page.getByRole("region", { name: say(lang, "reports_list") }).getByRole("listitem");
      await expect(rows).toHaveCount(reports.length);
      await expectNoBarriers(page, "published reports");
      expect(await overflow(page)).toBe(0);
    });
  }
}

test("a filter is in the address and survives a reload", async ({ page }) => {
  await page.goto("reports");
  const { reports } = await (await page.request.get("api/v1/reports")).json();
  const [{ category, category_name }] = reports;
  await page.getByRole("combobox", { name: say("zh-CN", "reports_category") }).selectOption(category);
  await expect(page).toHaveURL(new RegExp(`category=${category}`));
  const rows = page.getByRole("region", { name: say("zh-CN", "reports_list") }).getByRole("listitem");
  const filtered = await (await page.request.get(`api/v1/reports?category=${category}`)).json();
  await expect(rows).toHaveCount(filtered.reports.length);
  await page.reload();
  await expect(page.getByRole("combobox", { name: say("zh-CN", "reports_category") })).toHaveValue(category);
  await expect(rows.filter({ hasText: category_name.zh })).toHaveCount(filtered.reports.length);
});

test("one report shows its course and leads to the form with its kind", async ({ page }) => {
  await page.goto("reports");
  await page.getByRole("region", { name: say("zh-CN", "reports_list") }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 2, name: say("zh-CN", "track_course") })).toBeVisible();
  await expectNoBarriers(page, "one report");
  await page.getByRole("link", { name: say("zh-CN", "report_follow") }).click();
  await expect(page.getByRole("heading", { level: 1, name: say("zh-CN", "report_title") })).toBeVisible();
  await expect(page.getByText(pattern("zh-CN", "report_text_hint"))).toBeVisible();
});

test("a number that names nothing is told from a page that does not load", async ({ page }) => {
  await page.goto("reports/R00000000");
  await expect(page.getByRole("heading", { level: 1, name: say("zh-CN", "not_found_title") })).toBeVisible();
});
