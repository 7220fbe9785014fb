// Under a path of its own, as a column of a district's site: nothing outside of it is asked for or linked to.
import { expect, test } from "@playwright/test";
import { open, Watch } from "./support/reader.ts";
import { ROUTES } from "./support/routes.ts";

test("no request and no link of ours leaves the base path", { tag: "@core" }, async ({ page, baseURL }) => {
  const base = new URL(baseURL ?? "").pathname;
  const watch = new Watch(page);
  for (const route of ROUTES) {
    await open(page, route.path);
    const links = await page.getByRole("link").evaluateAll((links) =>
      (links as HTMLAnchorElement[]).filter((link) => link.origin === location.origin).map((link) => link.pathname),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((path) => !path.startsWith(base))).toEqual([]);
  }
  const paths = watch.requests.map((request) => new URL(request.url())).filter((url) => url.protocol === "http:");
  expect(paths.map((url) => url.origin).filter((origin) => origin !== new URL(baseURL ?? "").origin)).toEqual([]);
  expect(paths.map((url) => url.pathname).filter((path) => !path.startsWith(base))).toEqual([]);
});

test("the pages lead to each other without a reload", { tag: "@core" }, async ({ page }) => {
  await open(page, "");
  let loads = 0;
  page.on("load", () => (loads += 1));
  const menu = page.getByRole("navigation", { name: "主菜单" });
  await menu.getByRole("link", { name: "空气" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("空气质量");
  await page.getByRole("main").getByRole("link", { name: "杨家坪" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("杨家坪");
  await menu.getByRole("link", { name: "水质" }).click();
  await page.getByRole("main").getByRole("link", { name: "和尚山" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("和尚山");
  await menu.getByRole("link", { name: "总览" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("重庆市九龙坡区环境");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("和尚山");
  expect(loads).toBe(0);
});

test("the deep links of the API's description hold under the base too", { tag: "@core" }, async ({ page }) => {
  const description = await (await page.request.get("api/v1/openapi.json")).json();
  expect(description.openapi).toMatch(/^3\.1/);
  const map = await page.request.get("sitemap.xml");
  const text = await map.text();
  const addresses = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? "");
  expect(addresses.length).toBeGreaterThan(10);
  for (const address of addresses) {
    const { pathname, search } = new URL(address.replaceAll("&amp;", "&"));
    expect((await page.request.get(`${pathname}${search}`)).status(), address).toBe(200);
  }
});
