// The whole site without a mouse.
import { expect, test, type Page } from "@playwright/test";
import { open } from "./support/reader.ts";
import { ROUTES } from "./support/routes.ts";

test("the first stop is the way past the header", async ({ page }) => {
  await open(page, "");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "跳到正文" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("the focus moves with the page and the new page is announced", async ({ page }) => {
  await open(page, "");
  await page.getByRole("navigation", { name: "主菜单" }).getByRole("link", { name: "空气" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/air$/);
  await expect(page.getByRole("main")).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: await page.title() })).toHaveCount(1);
  await expect(page.getByRole("link", { name: "空气", exact: true }).first()).toHaveAttribute("aria-current", "page");

  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("重庆市九龙坡区环境");
  await expect(page.getByRole("main")).toBeFocused();
});

test.describe("at 320 px", () => {
  test.use({ viewport: { width: 320, height: 600 } });

  for (const route of ROUTES) {
    test(`every stop on /${route.path} is seen, and the end is reached`, async ({ page }) => {
      await open(page, route.path);
      const hidden: string[] = [];
      const stops = new Set<string>();
      for (let stop = 0; stop < 200; stop += 1) {
        await page.keyboard.press("Tab");
        const seen = await focused(page);
        if (seen === null) break;
        stops.add(seen.name);
        if (!seen.visible) hidden.push(seen.name);
      }
      expect(await focused(page), "the focus leaves the page at its end").toBeNull();
      expect(stops.size).toBeGreaterThan(10);
      expect(hidden, "stops that cannot be seen").toEqual([]);
    });
  }
});

/** What has the focus, and whether some of it and of its outline can be seen; `null` outside of the page. */
async function focused(page: Page): Promise<{ name: string; visible: boolean } | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const box = element.getBoundingClientRect();
    const middle = [
      Math.min(Math.max((Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, 0), innerWidth - 1),
      Math.min(Math.max((Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2, 0), innerHeight - 1),
    ] as const;
    const over = document.elementFromPoint(...middle);
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const uncovered = over !== null && (element.contains(over) || over.contains(element));
    const name = `${element.tagName.toLowerCase()} ${element.getAttribute("aria-label") ?? element.textContent}`;
    return { name: name.trim().replace(/\s+/g, " ").slice(0, 80), visible: outlined && uncovered };
  });
}
