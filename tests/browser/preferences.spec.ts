// Language, colours and text size: one press each, kept with the reader.
import { expect, test } from "@playwright/test";
import { live, open } from "./support/reader.ts";

test("the language changes in place: same page, same view", async ({ page }) => {
  await open(page, "air/1424A?item=o3&range=30d");
  await page.getByRole("link", { name: "English" }).click();
  await live(page, "en");
  await expect(page).toHaveURL(/\/air\/1424A\?/);
  const query = new URL(page.url()).searchParams;
  expect(Object.fromEntries(query)).toEqual({ item: "o3", range: "30d", lang: "en" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Yangjiaping");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");

  await page.getByRole("navigation", { name: "Main menu" }).getByRole("link", { name: "Water" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/water/i);
  await page.getByRole("link", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  expect(new URL(page.url()).searchParams.get("lang")).toBe("zh-CN");
});

test("a bare address is in the browser's language, and stays in it when the program starts", async ({ browser, baseURL }) => {
  for (const [locale, heading] of [["en-GB", "Air quality"], ["zh-CN", "空气质量"]] as const) {
    const context = await browser.newContext({ baseURL, locale });
    const page = await context.newPage();
    await page.goto("air");
    await live(page, locale === "zh-CN" ? "zh-CN" : "en");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    // What the address asks for goes before what the browser prefers.
    await page.getByRole("link", { name: locale === "zh-CN" ? "English" : "中文" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(locale === "zh-CN" ? "Air quality" : "空气质量");
    await context.close();
  }
});

test("the colours are remembered on this device", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "");
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole("combobox", { name: "配色" }).selectOption({ label: "深色" });
  await expect.poll(scheme).toBe("dark");
  expect(await ground()).not.toBe(light);
  await page.reload();
  await live(page);
  expect(await scheme()).toBe("dark");
  await page.getByRole("combobox", { name: "配色" }).selectOption({ label: "跟随系统" });
  await expect.poll(ground).toBe(light);
});

test("长辈版 is one press away, larger, and remembered", async ({ page }) => {
  await open(page, "air/1424A?item=o3");
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  expect(await size()).toBe(16);
  await page.getByRole("link", { name: "长辈版" }).click();
  await expect(page).toHaveURL(/size=elder/);
  await expect.poll(size).toBe(20);
  expect(new URL(page.url()).searchParams.get("item")).toBe("o3");
  const smallest = await page.getByRole("main").evaluate((main) => {
    const sizes = [...main.querySelectorAll("p, li, dt, dd, td, th, label, a, button, summary, caption")]
      .filter((element) => element.textContent?.trim() && !element.closest("[aria-hidden], .visually-hidden"))
      .map((element) => parseFloat(getComputedStyle(element).fontSize));
    return Math.min(...sizes);
  });
  expect(smallest, "the smallest text in 长辈版").toBeGreaterThanOrEqual(18);

  await page.goto("water");
  await live(page);
  expect(await size()).toBe(20);
  await page.getByRole("link", { name: "标准版" }).click();
  await expect.poll(size).toBe(16);
});
