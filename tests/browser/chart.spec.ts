// A chart one can look into: by hand, by key, by ear, as a table and as a file, always with the same numbers.
import { readFileSync } from "node:fs";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { open } from "./support/reader.ts";
import { chart, csv, rows } from "./support/table.ts";

const STATION = "air/1424A";
const PM25 = /杨家坪 · PM₂.₅.* · 小时值/;

interface Series {
  start_s: number[];
  value: (number | null)[];
  unit: string;
}

/** Opens a view of the history and gives the series that the page itself asked for. */
async function opened(page: Page, path: string): Promise<Series> {
  const [answer] = await Promise.all([page.waitForResponse(/\/series\?/), open(page, path)]);
  return (await answer.json()) as Series;
}

function stage(figure: Locator): Locator {
  return figure.getByRole("application");
}

/** Whole micrograms, half to even, as GB/T 8170 rounds. */
function printed(value: number): string {
  const floor = Math.floor(value);
  const half = value - floor === 0.5;
  return String(half ? floor + (floor % 2) : Math.round(value));
}

/** What a screen reader is told of the point looked at. */
function spoken(figure: Locator): Locator {
  return stage(figure).getByRole("paragraph");
}

test("the table holds every value of the API, as it is printed", async ({ page }) => {
  const series = await opened(page, STATION);
  const table = await rows(chart(page, PM25));
  expect(table.length).toBe(series.value.length);
  expect(table.length).toBeGreaterThan(100);
  for (const [at, value] of series.value.entries()) {
    const cell = table[at]?.[1] ?? "";
    if (value === null) expect(cell).not.toMatch(/^\d/);
    else expect(cell, `row ${at}`).toBe(printed(value));
  }
});

test("a choice draws the chart anew and leaves the page standing", async ({ page }) => {
  await opened(page, STATION);
  const heading = await page.getByRole("heading", { level: 1 }).elementHandle();
  const [answer] = await Promise.all([
    page.waitForResponse(/\/series\?.*item=o3/),
    page.getByRole("combobox", { name: "项目" }).selectOption("o3"),
  ]);
  expect(answer.ok()).toBe(true);
  await expect(chart(page, /杨家坪 · O₃/)).toBeVisible();
  expect(await heading?.evaluate((element) => element.isConnected)).toBe(true);
});

test("arrow keys walk the points, Home and End reach the ends, Esc leaves", async ({ page }) => {
  await open(page, STATION);
  const figure = chart(page, PM25);
  const table = await rows(figure);
  const row = (at: number) => table.at(at)!;
  const reads = (at: number) => expect(spoken(figure)).toContainText(row(at)[0]!);

  await stage(figure).focus();
  await reads(-1);
  await expect(spoken(figure)).toContainText(row(-1)[1]!);
  await page.keyboard.press("ArrowLeft");
  await reads(-2);
  await page.keyboard.press("Shift+ArrowLeft");
  await reads(-12);
  await page.keyboard.press("ArrowRight");
  await reads(-11);
  await page.keyboard.press("Home");
  await reads(0);
  await page.keyboard.press("ArrowLeft");
  await reads(0);
  await page.keyboard.press("End");
  await reads(-1);

  // The hour under way has no value yet, so the tip is read at the newest one that has.
  const newest = table.findLastIndex((cells) => /^\d+$/.test(cells[1] ?? ""));
  for (let at = table.length - 1; at > newest; at -= 1) await page.keyboard.press("ArrowLeft");
  const tip = figure.getByText(`${table[newest]?.[1]} µg/m³`, { exact: true });
  await expect(tip).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(tip).toBeHidden();
  await expect(stage(figure)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(stage(figure)).not.toBeFocused();
});

test("plus and minus zoom about the point looked at, 0 shows all again", async ({ page }) => {
  await open(page, STATION);
  const figure = chart(page, PM25);
  const table = await rows(figure);
  await stage(figure).focus();
  await page.keyboard.press("Home");
  for (const _ of [1, 2, 3]) await page.keyboard.press("+");
  // The first point stays at the left edge; the last visible one is now well before the end.
  await page.keyboard.press("End");
  await expect(spoken(figure)).not.toContainText(table.at(-1)![0]!);
  await page.keyboard.press("Home");
  await expect(spoken(figure)).toContainText(table[0]![0]!);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("Home");
  await expect(spoken(figure)).not.toContainText(table[0]![0]!);
  await page.keyboard.press("0");
  await page.keyboard.press("End");
  await expect(spoken(figure)).toContainText(table.at(-1)![0]!);
});

test("the buttons do what keys and drag do", async ({ page }) => {
  await open(page, STATION);
  const figure = chart(page, PM25);
  const table = await rows(figure);
  const tools = figure.getByRole("group", { name: "图表工具" });
  const first = async () => {
    await stage(figure).focus();
    await page.keyboard.press("Home");
    return spoken(figure);
  };
  await tools.getByRole("button", { name: "放大" }).click();
  await tools.getByRole("button", { name: "放大" }).click();
  await expect(await first()).not.toContainText(table[0]![0]!);
  await tools.getByRole("button", { name: "向前平移" }).click();
  await tools.getByRole("button", { name: "向前平移" }).click();
  await tools.getByRole("button", { name: "向前平移" }).click();
  await expect(await first()).toContainText(table[0]![0]!);
  await tools.getByRole("button", { name: "显示全部" }).click();
  await page.keyboard.press("End");
  await stage(figure).focus();
  await page.keyboard.press("End");
  await expect(spoken(figure)).toContainText(table.at(-1)![0]!);
});

test("the pointer reads out the nearest point, and a drag chooses a stretch", async ({ page }) => {
  await open(page, STATION);
  const figure = chart(page, PM25);
  const table = await rows(figure);
  await stage(figure).scrollIntoViewIfNeeded();
  const box = (await stage(figure).boundingBox())!;
  const at = (share: number) => box.x + box.width * share;
  const height = box.y + box.height / 2;
  const times = table.map((row) => row[0]!);

  await page.mouse.move(at(0.9), height);
  const tip = figure.getByText(/^\d+ µg\/m³$/);
  await expect(tip).toBeVisible();
  await page.mouse.move(box.x, box.y - 40);
  await expect(tip).toBeHidden();

  await page.mouse.move(at(0.3), height);
  await page.mouse.down();
  await page.mouse.move(at(0.5), height, { steps: 5 });
  await page.mouse.up();
  await stage(figure).focus();
  await page.keyboard.press("End");
  await expect(spoken(figure)).not.toContainText(times.at(-1)!);
  await page.keyboard.press("Home");
  await expect(spoken(figure)).not.toContainText(times[0]!);
});

test("two fingers zoom and one pans, the page still scrolls", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, hasTouch: true, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await open(page, STATION);
  const figure = chart(page, PM25);
  const table = await rows(figure);
  await stage(figure).scrollIntoViewIfNeeded();
  const box = (await stage(figure).boundingBox())!;
  const y = box.y + box.height / 2;
  const fingers = await context.newCDPSession(page);
  const touch = (type: string, ...xs: number[]) =>
    fingers.send("Input.dispatchTouchEvent", {
      type: type as "touchStart",
      touchPoints: xs.map((x, id) => ({ x: box.x + box.width * x, y, id })),
    });
  await touch("touchStart", 0.5);
  await touch("touchStart", 0.5, 0.6);
  for (const spread of [0.65, 0.7, 0.8, 0.9]) await touch("touchMove", 0.5 - (spread - 0.6), spread);
  await touch("touchEnd");
  await stage(figure).focus();
  await page.keyboard.press("End");
  await expect(spoken(figure)).not.toContainText(table.at(-1)![0]!);
  await context.close();
});

test("item, range, step and dates are in the address, and a deep link brings them back", async ({ page }) => {
  await open(page, STATION);
  await page.getByRole("combobox", { name: "项目" }).selectOption({ label: "O₃ 臭氧" });
  await expect(page).toHaveURL(/item=o3/);
  await expect(chart(page, /杨家坪 · O₃ 臭氧 · 小时值/)).toBeVisible();
  await page.getByRole("button", { name: "近 30 天" }).click();
  await expect(page).toHaveURL(/range=30d/);
  await expect(page.getByRole("button", { name: "近 30 天" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("combobox", { name: "时间尺度" }).selectOption({ label: "日值" });
  await expect(page).toHaveURL(/step=day/);
  const daily = chart(page, /杨家坪 · O₃ 臭氧 · 日值/);
  await expect(daily.getByText(/^数据表（3\d 行）$/)).toBeVisible();

  const again = await page.context().newPage();
  const series = await opened(again, page.url());
  expect(series.start_s.length).toBeGreaterThan(28);
  await expect(again.getByRole("combobox", { name: "项目" })).toHaveValue("o3");
  await expect(again.getByRole("combobox", { name: "时间尺度" })).toHaveValue("day");
  await expect(chart(again, /杨家坪 · O₃ 臭氧 · 日值/)).toBeVisible();
});

test("two dates do what a drag does", async ({ page }) => {
  await open(page, STATION);
  const day = (ago: number) => new Date(Date.now() + 8 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10);
  const asked = page.waitForResponse((answer) => answer.url().includes("/series?") && answer.url().includes("hour"));
  await page.getByLabel("开始日期").fill(day(10));
  await asked;
  await page.getByLabel("结束日期").fill(day(8));
  await expect.poll(() => new URL(page.url()).searchParams.get("from")).toBe(day(10));
  await expect.poll(() => new URL(page.url()).searchParams.get("to")).toBe(day(8));
  const figure = chart(page, PM25);
  await expect(figure.getByText("数据表（72 行）")).toBeVisible();
  const table = await rows(figure);
  expect(table).toHaveLength(72);
  const [, month, date] = day(10).split("-").map(Number);
  expect(table[0]?.[0]).toContain(`${month} 月 ${date} 日`);
});

test("the sentence before the chart says what the table says", async ({ page }) => {
  const series = await opened(page, STATION);
  const values = series.value.filter((value): value is number => value !== null);
  const section = page.getByRole("region", { name: "历史数据" });
  await expect(section).toContainText(`最高 ${printed(Math.max(...values))} µg/m³`);
  await expect(section).toContainText(`最新 ${printed(values.at(-1) ?? Number.NaN)} µg/m³`);
  await expect(section).toContainText(/有效数据 \d+%/);
});

test("files hold the numbers on screen", async ({ page }) => {
  const series = await opened(page, STATION);
  const figure = chart(page, PM25);
  const table = await rows(figure);
  const files = figure.getByRole("group", { name: "下载此图的数据与图片" });
  const saved = async (press: Locator) => {
    const [download] = await Promise.all([page.waitForEvent("download"), press.click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };

  const comma = await saved(files.getByRole("button", { name: "下载 CSV" }));
  expect(comma.name).toMatch(/^1424A-pm2_5-hour-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const lines = csv(comma.bytes.toString("utf8"));
  expect(comma.bytes.subarray(0, 3)).toEqual(Buffer.from("\uFEFF"));
  expect(lines.slice(1).map((line) => line.slice(0, 2))).toEqual(table.map((row) => row.slice(0, 2)));

  const json = await saved(files.getByRole("link", { name: "下载 JSON" }));
  const same = JSON.parse(json.bytes.toString("utf8")) as Series & { meta: { simulated: boolean } };
  expect(same.value).toEqual(series.value);
  expect(same.start_s).toEqual(series.start_s);
  expect(same.meta.simulated).toBe(true);

  const svg = (await saved(files.getByRole("button", { name: "下载 SVG" }))).bytes.toString("utf8");
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain("杨家坪");
  expect(svg).toContain("演示数据");
  expect(svg).not.toMatch(/var\(--|light-dark|<script|href=/);

  const png = await saved(files.getByRole("button", { name: "下载 PNG" }));
  expect(png.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(2_000);
  expect(png.bytes.length, "more than an empty ground").toBeGreaterThan(20_000);
});

test("stations are compared in one chart, each by its name", async ({ page }) => {
  await open(page, STATION);
  await page.getByRole("checkbox", { name: "歇台子" }).check();
  await expect(page).toHaveURL(/with=3014A/);
  const figure = chart(page, /^PM₂.₅.* · 小时值$/);
  await expect(figure).toBeVisible();
  const table = await rows(figure);
  expect(table.flat().filter((cell) => /^\d+$/.test(cell)).length).toBeGreaterThan(200);
  await stage(figure).focus();
  await expect(spoken(figure)).toContainText("杨家坪");
  await page.keyboard.press("ArrowDown");
  await expect(spoken(figure)).toContainText("歇台子");
  await expect(page.getByRole("region", { name: "历史数据" })).toContainText("歇台子：最新");
  await page.getByRole("checkbox", { name: "歇台子" }).uncheck();
  await expect(page).not.toHaveURL(/with=/);
});

test("the year before is drawn beside, or said to be missing", async ({ page }) => {
  await open(page, STATION);
  await page.getByRole("checkbox", { name: "去年同期" }).check();
  await expect(page).toHaveURL(/compare=year/);
  await expect(page.getByRole("region", { name: "历史数据" })).toContainText(/杨家坪（去年同期）：/);
});

test("the air of all stations is compared from the start on /air", async ({ page }) => {
  await open(page, "air");
  const section = page.getByRole("region", { name: "站点对比" });
  for (const station of ["白市驿", "杨家坪", "歇台子"]) {
    await expect(section.getByRole("checkbox", { name: station })).toBeChecked();
    await expect(section).toContainText(`${station}：最新`);
  }
});

test("the calendar counts the year's days, and each day can be read", async ({ page }) => {
  await open(page, STATION);
  const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
  const { days, count } = await (await page.request.get(`api/v1/stations/1424A/days?year=${year}`)).json();
  const figure = chart(page, `${year} 年逐日空气质量`);
  const region = page.getByRole("region", { name: `${year} 年逐日空气质量` }).first();
  const counted = count.by_level.reduce((sum: number, level: number) => sum + level, 0);
  await expect(region).toContainText(`有指数 ${counted} 天，其中优良 ${count.good} 天；无指数 ${count.without} 天`);

  const table = await rows(figure);
  expect(table).toHaveLength(days.length);
  const indices = days.map((day: { value: number | null }) => (day.value === null ? "无指数" : String(day.value)));
  expect(table.map((row) => row[1])).toEqual(indices);

  await stage(figure).focus();
  await page.keyboard.press("End");
  await expect(spoken(figure)).toContainText(table.at(-1)![0]!);
  await page.keyboard.press("ArrowUp");
  // A week before; in the first days of a year there is only the first one.
  await expect(spoken(figure)).toContainText(table.at(-Math.min(8, table.length))![0]!);
});

test("a section's months are a strip with its table", async ({ page }) => {
  await open(page, "water/A500107_0001");
  const { months } = await (await page.request.get("api/v1/water/sections/A500107_0001")).json();
  const figure = chart(page, "近 24 个月的类别");
  const table = await rows(figure);
  expect(table).toHaveLength(months.length);
  const judged = months.filter((month: { class: string | null }) => month.class !== null).length;
  expect(table.filter((row) => row[1] !== "无数据")).toHaveLength(judged);
  expect(judged).toBeGreaterThan(0);
});
