// axe finds nothing, in light and dark, in normal and large text; everything can be hit with a finger.
import { expect, test, type Locator } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { open } from "./support/reader.ts";
import { ROUTES } from "./support/routes.ts";
import { LANGS, pattern } from "./support/words.ts";

const SIZES = [["normal", 44], ["elder", 60]] as const;
/** Colours are the same at every width and in both languages; what is large is tried where it is tight. */
const LOOKS = {
  360: { "zh-CN": ["normal light", "normal dark", "elder light"], en: ["normal light", "elder dark"] },
  1280: { "zh-CN": ["normal light"], en: ["normal dark"] },
} as const;

for (const width of [360, 1280] as const) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    for (const lang of LANGS) {
      for (const route of ROUTES) {
        test(`axe finds nothing on /${route.path} in ${lang}`, async ({ page }) => {
          test.slow();
          for (const look of LOOKS[width][lang]) {
            const [size, colorScheme] = look.split(" ") as ["normal" | "elder", "light" | "dark"];
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            await open(page, route.path, lang, { size: size === "elder" ? size : undefined });
            // The tables under the charts are part of the page.
            for (const table of await page.getByText(pattern(lang, "chart_table")).all()) await table.click();
            await expectNoBarriers(page, look);
          }
        });
      }
    }
  });
}

test.describe("with a finger", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  for (const [size, least] of SIZES) {
    for (const route of ROUTES) {
      test(`every control of /${route.path} is at least ${least} px in ${size} text`, async ({ page }) => {
        await open(page, route.path, "zh-CN", { size: size === "elder" ? size : undefined });
        const menus = page.getByRole("navigation").getByRole("link");
        const controls = page
          .getByRole("button")
          .or(page.getByRole("combobox"))
          .or(page.getByRole("textbox"))
          .or(page.getByRole("banner").getByRole("link"))
          .or(menus);
        expect(await tooSmall(controls, least)).toEqual([]);
      });
    }
  }
});

/** The visible controls that are lower or narrower than `least`. */
async function tooSmall(controls: Locator, least: number): Promise<string[]> {
  return controls.evaluateAll((elements, least) => {
    const small: string[] = [];
    for (const element of elements) {
      const box = element.getBoundingClientRect();
      const hidden = box.width <= 1 || box.bottom < 0 || element.closest(".visually-hidden");
      // Half a pixel is the rounding of layout.
      if (hidden || (box.height >= least - 0.5 && box.width >= least - 0.5)) continue;
      const name = element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 30);
      small.push(`${element.tagName.toLowerCase()} ${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
    }
    return small;
  }, least);
}
