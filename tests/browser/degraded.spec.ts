// Old browsers, wrong clocks, tunnels and broken servers: what is known stays readable, and the reader is told.
import { expect, test, type Page } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { api, ROUTES } from "./support/routes.ts";
import { address, connection, live, open, overflow } from "./support/reader.ts";
import { untranslated } from "./support/language.ts";
import { LANGS, type Lang } from "./support/words.ts";

/** The sentence that says what is missing, wherever it can be seen. */
function plain(page: Page, lang: Lang) {
  return page.getByText(lang === "en" ? /^This is the plain page/ : /^这是文字版页面/).filter({ visible: true });
}

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

  for (const lang of LANGS) {
    for (const route of ROUTES) {
      test(`/${route.path} in ${lang} is a readable page`, { tag: lang === "en" ? ["@core"] : [] }, async ({ page }) => {
        const answer = await page.goto(address(route.path, lang));
        expect(answer?.status()).toBe(route.path === "no-such-page" ? 404 : 200);
        await expect(page.getByRole("main")).toHaveCount(1);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await expect(page.getByRole("navigation")).toBeVisible();
        await expect(plain(page, lang)).toHaveCount(1);
        expect(await overflow(page)).toBe(0);
        if (route.numbers) {
          await expect(page.getByText(lang === "en" ? /^Demonstration data:/ : /^演示数据：/)).toBeVisible();
        }
        // Every page leads to the others and to itself in the other language.
        await page.getByRole("link", { name: lang === "en" ? "中文" : "English" }).click();
        await expect(page.locator("html")).toHaveAttribute("lang", lang === "en" ? "zh-CN" : "en");
      });
    }
  }

  test("the numbers are those of the API", async ({ page }) => {
    await expect(async () => {
      const { district, stations } = await api(page, "api/v1/air/summary");
      const { sections } = await api(page, "api/v1/water/sections");
      await page.goto("");
      const main = page.getByRole("main");
      await expect(main).toContainText(`${district.value} ${district.band.name.zh}`, { timeout: 500 });
      for (const { station, index } of stations) {
        const row = page.getByRole("row").filter({ hasText: station.name.zh });
        await expect(row).toContainText(`${index.value} ${index.band.name.zh}`, { timeout: 500 });
      }
      for (const { station, water } of sections) {
        const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: station.name.zh }) });
        await expect(row).toContainText(GLYPHS[water.class], { timeout: 500 });
      }
    }).toPass();
    await expect(async () => {
      const { figures } = await api(page, "api/v1/stations/1424A/latest");
      await page.goto("air/1424A");
      for (const { item, value, unit } of figures.filter((figure: { value: unknown }) => figure.value !== null)) {
        // Half rounds to even, so a half may go either way here.
        const rounded = [Math.floor(value), Math.ceil(value)].map(String).concat([1, 2, 3].map((places) => value.toFixed(places)));
        const cells = rounded.map((number) => `${number} ${unit}`.trim());
        const texts = await page.getByRole("cell").allInnerTexts();
        expect(texts.some((text) => cells.includes(text)), `${item} ${cells.join(" or ")}`).toBe(true);
      }
    }).toPass();
  });
});

const GLYPHS: Record<string, string> = { I: "Ⅰ", II: "Ⅱ", III: "Ⅲ", IV: "Ⅳ", V: "Ⅴ", BelowV: "劣Ⅴ" };

test("without script the pages are in one language too", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  // The script must run for the walk over the text, so the program itself is held back.
  await page.route("**/*.{js,wasm}", (route) => route.abort());
  for (const lang of LANGS) {
    for (const route of ROUTES) {
      await page.goto(address(route.path, lang));
      expect(await untranslated(page, lang), `/${route.path} in ${lang}`).toEqual([]);
    }
  }
  await context.close();
});

test("without WebAssembly the page stays readable and says what is missing", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly"));
  for (const lang of LANGS) {
    await page.goto(address("air/1424A", lang));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(lang === "en" ? "Yangjiaping" : "杨家坪");
    await expect(page.getByText("µg/m³").first()).toBeVisible();
    await expect(plain(page, lang)).toHaveCount(1);
    await expectNoBarriers(page, `without WebAssembly, ${lang}`);
  }
});

for (const [whose, ms] of [["a day slow", -86_400_000], ["a day fast", 86_400_000]] as const) {
  test(`on a phone whose clock is ${whose}, ages are those of the server`, async ({ page }) => {
    await page.clock.setSystemTime(new Date(Date.now() + ms));
    await open(page, "air/1424A");
    const figure = page.getByRole("listitem").filter({ hasText: "PM₂.₅" }).filter({ hasText: "1 小时平均" });
    await expect(figure).toContainText(/(\d+ (秒|分钟|小时)前|刚刚)/);
    await expect(figure).not.toContainText(/天前|在未来|过时/);
    const inBeijing = (hours: number) => {
      const at = new Date(Date.now() + hours * 3_600_000);
      return `${at.getUTCMonth() + 1} 月 ${at.getUTCDate()} 日`;
    };
    await expect(figure).toContainText(new RegExp(`(^|\\D)(${inBeijing(8)}|${inBeijing(8 - 24)})`));
  });
}

test("in a tunnel the last data stays, with since when, and the page recovers by itself", async ({ context, page }) => {
  await open(page, "");
  const index = await page.getByRole("heading", { name: "现在的空气" }).locator("..").innerText();
  await context.setOffline(true);
  await expect(connection(page)).toHaveText(/^离线（自 \d{2}:\d{2}）$/);
  await expect(page.getByRole("heading", { name: "现在的空气" }).locator("..")).toContainText(index.match(/\d+/)?.[0] ?? "?");

  // The other pages still open: their code and their last data are on the device, or a sentence says why not.
  await page.getByRole("navigation", { name: "主菜单" }).getByRole("link", { name: "水质" }).click();
  await expect(page.getByRole("main")).toContainText(/和尚山|无法连接服务器|无法加载/);

  await context.setOffline(false);
  await live(page);
});

test("a reload without a network still shows the last page", async ({ context, page }) => {
  await open(page, "");
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker?.controller !== null)).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(connection(page)).toHaveText(/^离线（自 \d{2}:\d{2}）$/);
  await expect(page.getByRole("main")).toContainText("杨家坪");
});

/** What a broken server may answer. */
const FAULTS = {
  "an error": { status: 500, contentType: "text/plain", body: "boom" },
  "a proxy's page": { status: 502, contentType: "text/html", body: "<html><h1>Bad Gateway</h1></html>" },
  "a page in place of data": { status: 200, contentType: "text/html", body: "<html>登录</html>" },
  "half a reply": { status: 200, contentType: "application/json", body: '{"meta":{"server_time":"2026-' },
};

for (const [what, fault] of Object.entries(FAULTS)) {
  test(`when the server answers ${what}, the old numbers stay and a sentence says so`, async ({ context, page }) => {
    await open(page, "");
    const stations = page.getByRole("listitem").filter({ hasText: "杨家坪" });
    await expect(stations).toBeVisible();
    await page.route("**/api/v1/air/summary*", (route) => route.fulfill(fault));
    await context.setOffline(true);
    await expect(connection(page)).toHaveText(/^离线/);
    await context.setOffline(false);
    await expect(page.getByRole("alert")).toContainText("以下为此前的数据");
    await expect(stations).toBeVisible();

    await page.unroute("**/api/v1/air/summary*");
    await context.setOffline(true);
    await context.setOffline(false);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test(`a history that answers ${what} leaves the chart before it`, async ({ page }) => {
    await open(page, "air/1424A");
    const history = page.getByRole("figure").first();
    await expect(history.getByText(/数据表（[1-9]\d* 行）/)).toBeVisible();
    await page.route("**/series?*", (route) => route.fulfill(fault));
    await page.getByRole("combobox", { name: "项目" }).selectOption("o3");
    await expect(page.getByRole("alert")).toContainText("以下为此前的数据");
    // Old numbers keep their own name.
    await expect(page.getByRole("figure", { name: /杨家坪 · PM₂\.₅/ })).toBeVisible();
    await expect(history.getByRole("application")).toBeVisible();
  });
}

test("on slow 3G the numbers are there long before the program", async ({ page }) => {
  const slow = await page.context().newCDPSession(page);
  await slow.send("Network.enable");
  const rate = { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
  await slow.send("Network.emulateNetworkConditions", { offline: false, ...rate });
  const began = Date.now();
  await page.goto("air/1424A", { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("杨家坪");
  await expect(page.getByText("µg/m³").first()).toBeVisible();
  const readable = Date.now() - began;
  await live(page);
  const running = Date.now() - began;
  console.log(`slow 3G: readable after ${readable} ms, live after ${running} ms`);
  expect(readable).toBeLessThan(4_000);
  expect(running).toBeLessThan(15_000);
});
