// Widgets in pages of other sites, which may be strict, careless or hostile.
import { expect, test, type Frame, type Page } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import { expectNoBarriers } from "./support/axe.ts";
import { Host, news } from "./support/host.ts";

const WIDGETS = ["air-now", "station/1424A", "section/A500107_0001", "water", "rectification", "green", "scorecard", "report"];
const WIDTHS = [240, 320, 360, 640, 1_280];
const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

let host: Host;
test.beforeAll(async () => { host = await Host.start(); });
test.afterAll(async () => { await host.close(); });

function ours(base: string | undefined): string {
  if (!base) throw new Error("no base address");
  return base;
}

function frameTag(base: string, name: string, more = `sandbox="${SANDBOX}"`): string {
  return `<iframe src="${base}embed/${name}" title="widget" width="640" height="900" ${more}
    style="border:0;width:100%;max-width:640px"></iframe>`;
}

function hostScript(base: string): string {
  return `<script src="${base}embed.js"></script>`;
}

/** Everything a page asks for, by address. */
function asked(page: Page): string[] {
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  return addresses;
}

/** Notes shifts of the layout from the beginning of every page. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
}

function shifted(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0));
}

async function inside(page: Page, at = 0): Promise<Frame> {
  await expect.poll(() => page.frames().length).toBeGreaterThan(at + 1);
  const frame = page.frames()[at + 1];
  await frame.waitForSelector("main");
  return frame;
}

function contentHeight(frame: Frame): Promise<number> {
  return frame.evaluate(() => document.documentElement.getBoundingClientRect().height);
}

/** Waits until the frame is as high as its content, to a pixel. */
async function expectFitted(page: Page, frame: Frame): Promise<void> {
  const element = await frame.frameElement();
  await expect(async () => {
    const box = await element.boundingBox();
    expect(Math.abs((box?.height ?? 0) - (await contentHeight(frame)))).toBeLessThanOrEqual(1);
  }).toPass({ timeout: 8_000 });
}

for (const width of WIDTHS) {
  test(`every widget fits its content at ${width} px and moves nothing`, { tag: "@core" }, async ({ page, baseURL }) => {
    const base = ours(baseURL);
    await watchShifts(page);
    for (const name of WIDGETS) {
      await page.setViewportSize({ width, height: 900 });
      const snippets = await page.request.get(`${base}data?widget=${name.replace("/", "%2F")}&width=${Math.min(width, 800)}`);
      const height = /width=&quot;\d+&quot; height=&quot;(\d+)&quot;/.exec(await snippets.text())?.[1];
      const tag = `<iframe src="${base}embed/${name}" title="widget" width="${width}" height="${height}" sandbox="${SANDBOX}"
        style="border:0;width:100%"></iframe>`;
      await page.goto(host.put({ html: news(tag, `<script async src="${base}embed.js"></script>`) }));
      const frame = await inside(page);
      await expectFitted(page, frame);
      expect(await shifted(page), `${name}: what stands below moved`).toBe(0);
      expect(await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), name).toBe(0);
    }
  });
}

test("a widget asks nobody else, and leaves no cookie and no storage", { tag: "@core" }, async ({ page, context, baseURL }) => {
  const base = ours(baseURL), origin = new URL(base).origin;
  const addresses = asked(page);
  for (const name of WIDGETS) {
    await page.goto(host.put({ html: news(frameTag(base, name, "") + hostScript(base)) }));
    const frame = await inside(page);
    await expectFitted(page, frame);
    // A browser may refuse storage to frames of other sites altogether: then nothing is kept either.
    const kept = await frame.evaluate(() => {
      try {
        return document.cookie.length + localStorage.length + sessionStorage.length;
      } catch (refused) {
        return refused instanceof DOMException ? 0 : -1;
      }
    });
    expect(kept).toBe(0);
  }
  const foreign = addresses.filter((address) => ![origin, host.origin].includes(new URL(address).origin));
  expect(foreign).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});

test("under a strict policy the widget stands and nothing is refused", async ({ page, baseURL }) => {
  const base = ours(baseURL), origin = new URL(base).origin;
  const complaints: string[] = [];
  page.on("console", (message) => { if (/Content.Security|Trusted/i.test(message.text())) complaints.push(message.text()); });
  const policy = `default-src 'self'; script-src ${origin}; frame-src ${origin}; require-trusted-types-for 'script'`;
  const element = `<bilan-widget station="1424A"><a href="${base}air/1424A">Air</a></bilan-widget>`;
  const html = news(element + hostScript(base)).replaceAll(/ style="[^"]*"/g, "");
  await page.goto(host.put({ html, headers: { "content-security-policy": policy } }));
  await expectFitted(page, await inside(page));
  expect(complaints).toEqual([]);
});

test("where the frame is refused the link in the element stays", async ({ page, baseURL }) => {
  const base = ours(baseURL), origin = new URL(base).origin;
  const element = `<bilan-widget station="1424A"><a href="${base}air/1424A">Air at the station</a></bilan-widget>`;
  const policy = `default-src 'none'; script-src ${origin}; frame-src 'none'`;
  await page.goto(host.put({ html: news(element + hostScript(base)), headers: { "content-security-policy": policy } }));
  await expect(page.getByRole("link", { name: "Air at the station" })).toBeVisible();
});

test("in a sandbox without scripts everything is there and can be scrolled", async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 240, height: 600 });
  await page.goto(host.put({ html: news(frameTag(ours(baseURL), "air-now?lang=en", 'sandbox=""') + hostScript(ours(baseURL))) }));
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(frame.getByText(/As of/)).toBeVisible();
  await expect(frame.getByRole("img", { name: /AQI/ }).filter({ visible: true })).toHaveCount(1);
  await expect(frame.getByRole("link", { name: "See details" })).toBeAttached();
});

test("without any script the numbers are those of the interface", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await expect(async () => {
    const { district } = await (await page.request.get(`${ours(baseURL)}api/v1/air/summary`)).json();
    await page.goto(`${ours(baseURL)}embed/air-now?lang=zh-CN`);
    await expect(page.getByRole("main")).toContainText(`${district.value} ${district.band.name.zh}`, { timeout: 500 });
  }).toPass();
  await context.close();
});

test("two copies of one widget both get their height", async ({ page, baseURL }) => {
  const base = ours(baseURL);
  const elements = '<bilan-widget kind="water" lang="zh"></bilan-widget>'.repeat(2);
  await page.goto(host.put({ html: news(frameTag(base, "water") + frameTag(base, "water") + elements + hostScript(base)) }));
  for (const at of [0, 1, 2, 3]) {
    const frame = await inside(page, at);
    await (await frame.frameElement()).scrollIntoViewIfNeeded();
    await expectFitted(page, frame);
  }
});

test("forged messages change nothing", async ({ page, baseURL }) => {
  const base = ours(baseURL);
  const forger = host.put({ html: `<script>
    for (const h of [4999, 41, 100000, -5, 0, "900", null, 900.5]) {
      for (const id of ["", "x", parent.location ? "1" : "2"]) {
        parent.postMessage({ type: "bilan:height", v: 1, id, h }, "*");
        for (let at = 0; at < parent.length; at += 1) parent[at].postMessage({ type: "bilan:theme", theme: "dark" }, "*");
      }
    }
    parent.postMessage("bilan:height", "*");
    parent.postMessage(null, "*");
  </script>` });
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.goto(host.put({ html: news(`${frameTag(base, "air-now")}${hostScript(base)}`) }));
  const frame = await inside(page);
  await expectFitted(page, frame);
  const before = await (await frame.frameElement()).boundingBox();
  await page.evaluate(async (address) => {
    const other = document.createElement("iframe");
    other.src = address;
    document.body.append(other);
    await new Promise((resolve) => other.addEventListener("load", resolve));
    // From the page itself, as a script of an advertiser would.
    window.postMessage({ type: "bilan:height", v: 1, id: "", h: 4_000 }, "*");
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, forger);
  expect(await (await frame.frameElement()).boundingBox()).toEqual(before);
  expect(await frame.evaluate(() => document.documentElement.dataset.theme), "only the parent may ask").toBe("auto");
  expect(errors.filter((error) => !/cross-origin/.test(error.message))).toEqual([]);
});

test("the page that embeds may ask for a theme", async ({ page, baseURL }) => {
  await page.goto(host.put({ html: news(frameTag(ours(baseURL), "air-now")) }));
  const frame = await inside(page);
  await page.evaluate(() => frames[0]?.postMessage({ type: "bilan:theme", theme: "dark" }, "*"));
  await expect.poll(() => frame.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  await page.evaluate(() => frames[0]?.postMessage({ type: "bilan:theme", theme: "javascript:alert(1)" }, "*"));
  expect(await frame.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
});

test("an element that is taken out and put back a hundred times leaves nothing behind", async ({ page, baseURL }) => {
  await page.goto(host.put({ html: news(`<bilan-widget kind="report" lang="en"></bilan-widget>${hostScript(ours(baseURL))}`) }));
  await page.evaluate(() => {
    const element = document.querySelector("bilan-widget");
    for (let turn = 0; turn < 100; turn += 1) {
      element?.remove();
      if (element) document.body.append(element);
    }
  });
  await expect.poll(() => page.frames().length).toBe(2);
  await expectFitted(page, await inside(page));
});

test("turned and zoomed fifty times the height settles", async ({ page, baseURL }) => {
  await page.goto(host.put({ html: news(frameTag(ours(baseURL), "rectification") + hostScript(ours(baseURL))) }));
  const frame = await inside(page);
  for (let turn = 0; turn < 50; turn += 1) {
    await page.setViewportSize(turn % 2 ? { width: 740, height: 360 } : { width: 300 + turn, height: 740 });
  }
  await expectFitted(page, frame);
});

test("a page read from right to left does not turn the widget round", async ({ page, baseURL }) => {
  const html = news(frameTag(ours(baseURL), "water?lang=en")).replace("<html ", '<html dir="rtl" ');
  await page.goto(host.put({ html }));
  const frame = await inside(page);
  expect(await frame.evaluate(() => getComputedStyle(document.body).direction)).toBe("ltr");
});

for (const name of WIDGETS) {
  for (const query of ["lang=zh", "lang=en&theme=dark&size=elder"]) {
    test(`axe finds nothing in ${name}?${query}`, async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`embed/${name}?${query}`);
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
    });
  }
}

for (const lang of ["zh-CN", "en"]) {
  test(`the page of widgets works by keyboard at 320 px in ${lang}`, { tag: "@core" }, async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.setViewportSize({ width: 320, height: 740 });
    await page.goto(`data?lang=${lang}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    const select = page.getByRole("combobox", { name: lang === "en" ? "Widget" : "内容", exact: true });
    await select.focus();
    await select.selectOption("rectification");
    const code = page.getByLabel(lang === "en" ? /^Frame of fixed height/ : /^框架，固定高度/);
    await expect(code).toHaveValue(/embed\/rectification\?lang=/);
    await expect(page).toHaveURL(/widget=rectification/);
    const copy = page.getByRole("button", { name: lang === "en" ? "Copy" : "复制" }).first();
    await copy.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: lang === "en" ? "Copied" : "已复制" })).toHaveCount(1);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.inputValue());
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await expectNoBarriers(page, "on the page of widgets");
  });
}

test("a badge stands in a page as a picture", async ({ page, baseURL }) => {
  const base = ours(baseURL);
  const pictures = ["air.svg", "air.png", "station-1424A.svg", "rectification.png"].map(
    (name) => `<img alt="${name}" src="${base}badge/${name}" height="28">`,
  );
  await page.goto(host.put({ html: news(pictures.join("")) }));
  const widths = await page.getByRole("img").evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));
  expect(widths.every((width) => width > 60)).toBe(true);
});
