// The map and the list beside it: the same places with the same words; one tab stop, then arrows.
import { expect, test, type Page } from "@playwright/test";
import { open } from "./support/reader.ts";

function map(page: Page) {
  return page.getByRole("group", { name: "站点地图；旁边的列表内容相同" });
}

test("every place on the map is in the list beside it, with the same words", async ({ page }) => {
  await open(page, "air");
  const places = map(page).getByRole("button");
  await expect(places).toHaveCount(3);
  const list = page.getByRole("region", { name: "站点排名" }).getByRole("listitem");
  await expect(list).toHaveCount(3);
  for (const [at, place] of (await places.all()).entries()) {
    const [name, state] = ((await place.getAttribute("aria-label")) ?? "").split("：");
    const row = list.nth(at);
    await expect(row).toContainText(name ?? "?");
    for (const word of (state ?? "?").split(" ")) await expect(row).toContainText(word);
  }
});

test("the map is one tab stop; arrows go from place to place, Enter opens", async ({ page }) => {
  await open(page, "air");
  const places = map(page).getByRole("button");
  await expect(places).toHaveCount(3);
  await page.getByRole("combobox", { name: "评价标准" }).focus();
  await page.keyboard.press("Tab");
  await expect(places.nth(0)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(places.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(places.nth(2)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(places.nth(0)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("group", { name: "地图工具" }).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(places.nth(0)).toBeFocused();
  const name = ((await places.nth(0).getAttribute("aria-label")) ?? "").split("：")[0] ?? "?";
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/air\/\w+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});

test("buttons zoom and move the map", async ({ page }) => {
  await open(page, "air");
  const place = map(page).getByRole("button").first();
  const at = async () => (await place.boundingBox())!;
  const tools = page.getByRole("group", { name: "地图工具" });
  const before = await at();
  await tools.getByRole("button", { name: "向东" }).click();
  await expect.poll(async () => Math.round(before.x - (await at()).x)).toBeGreaterThan(60);
  await tools.getByRole("button", { name: "显示全区" }).click();
  await expect.poll(async () => Math.abs(before.x - (await at()).x)).toBeLessThan(3);
  await tools.getByRole("button", { name: "放大" }).click();
  await expect.poll(async () => Math.abs(before.x - (await at()).x) + Math.abs(before.y - (await at()).y)).toBeGreaterThan(5);
});

test("the map's program is fetched only where a map is", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await open(page, "air/1424A");
  expect(fetched.filter((url) => url.includes("leaflet"))).toEqual([]);
  await page.getByRole("navigation", { name: "主菜单" }).getByRole("link", { name: "空气" }).click();
  await expect(map(page).getByRole("button").first()).toBeVisible();
  expect(fetched.some((url) => url.endsWith("leaflet.js"))).toBe(true);
  expect(fetched.filter((url) => !url.startsWith(new URL(page.url()).origin))).toEqual([]);
});

test.describe("without the service worker, whose requests no test can stop", () => {
  test.use({ serviceWorkers: "block" });

  test("a map that cannot be loaded leaves the list and says so", async ({ page }) => {
    await page.route("**/leaflet.js", (route) => route.abort());
    await open(page, "air");
    await expect(page.getByText("地图无法加载，请使用列表。")).toBeVisible();
    await expect(page.getByRole("region", { name: "站点排名" }).getByRole("listitem")).toHaveCount(3);
  });
});

test("places without a known position are in the list all the same", async ({ page }) => {
  await open(page, "water");
  await expect(page.getByRole("link", { name: "和尚山" })).toBeVisible();
  await expect(page.getByRole("region", { name: "水质断面" }).getByRole("listitem")).toHaveCount(6);
});
