// Each route in both languages, on a phone and on a desk: the page is whole, true, in one language and fits.
import { expect, test } from "@playwright/test";
import { open, overflow, Watch } from "./support/reader.ts";
import { untranslated } from "./support/language.ts";
import { ROUTES } from "./support/routes.ts";
import { LANGS, say } from "./support/words.ts";

const site = { "zh-CN": "碧蓝 · 九龙坡生态环境", en: "Bilan · Jiulongpo Environment" };
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

for (const [name, width, height] of [["a phone", 360, 740], ["a desk", 1280, 900]] as const) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport: { width, height } });

    for (const lang of LANGS) {
      for (const route of ROUTES) {
        // Under another base the same pages are asked for by other addresses: one look of each is enough.
        const tag = width < 400 && lang === "zh-CN" ? ["@core"] : [];
        test(`/${route.path} in ${lang} is whole and fits`, { tag }, async ({ page }) => {
          const watch = new Watch(page);
          await open(page, route.path, lang);

          await expect(page.locator("html")).toHaveAttribute("lang", lang);
          await expect(page.getByRole("main")).toHaveCount(1);
          await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
          await expect(page.getByRole("heading", { level: 1 })).toHaveText(route.heading[lang]);
          const heading = await page.getByRole("heading", { level: 1 }).innerText();
          await expect(page).toHaveTitle(new RegExp(`${escaped(heading)}.*${site[lang]}`));
          await expect(page.getByRole("complementary", { name: say(lang, "simulated") })).toBeVisible();
          await expect(page.getByRole("figure")).toHaveCount(route.charts);
          await route.shows(page, lang);

          expect(await untranslated(page, lang)).toEqual([]);
          expect(await overflow(page), "pixels wider than the screen").toBe(0);
          if (width < 400) {
            await page.setViewportSize({ width: 320, height });
            await expect.poll(() => overflow(page), "pixels wider than 320").toBe(0);
          }
          // The browser itself reports the unknown page's status.
          expect(watch.complaints.filter((complaint) => !complaint.includes("404"))).toEqual([]);
        });
      }
    }
  });
}

test("a station or section that does not exist is told from a page that does not load", async ({ page }) => {
  await page.goto("air/9999Z");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("没有找到这个页面");
  const answer = await page.request.get("air/9999Z");
  expect(answer.status()).toBe(404);
});
