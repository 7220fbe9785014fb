// Every public route, with what a resident must find there: the numbers of the API with their circumstances.
import { expect, type Page } from "@playwright/test";
import { say, type Lang } from "./words.ts";

export interface Route {
  path: string;
  /** What the page is called. */
  heading: Record<Lang, string | RegExp>;
  /** How many charts it has. */
  charts: number;
  /** Whether it shows measured values. */
  numbers: boolean;
  /** Checks the route's own content against the API. */
  shows: (page: Page, lang: Lang) => Promise<void>;
}

type Text = { zh: string; en: string };

const of = (text: Text, lang: Lang) => (lang === "en" ? text.en : text.zh);

/** The API's answer for the site the page belongs to. */
export async function api(page: Page, path: string) {
  const response = await page.request.get(path);
  expect(response.status(), path).toBe(200);
  return response.json();
}

/** Runs a comparison again until page and API agree: both move while the test looks. */
const agreed = (compare: () => Promise<void>) => expect(compare).toPass({ timeout: 15_000 });

async function district(page: Page, lang: Lang): Promise<void> {
  const main = page.getByRole("main");
  await agreed(async () => {
    const { district } = await api(page, "api/v1/air/summary");
    await expect(main).toContainText(String(district.value), { timeout: 1_000 });
    await expect(main).toContainText(of(district.band.name, lang), { timeout: 1_000 });
  });
  await expect(main).toContainText("HJ 633-2026");
  await expect(main).toContainText(say(lang, "computed_here"));
  await expect(main).toContainText(/\d{2}:\d{2}/);
}

async function everyPlace(page: Page, lang: Lang, path: string, list: string): Promise<void> {
  const places = (await api(page, path))[list];
  for (const { station } of places) {
    await expect(page.getByRole("link", { name: of(station.name, lang) }).first()).toBeVisible();
  }
}

/** Each figure of a place: number, unit, averaging, time and where it comes from. */
async function figures(page: Page, lang: Lang, code: string): Promise<void> {
  const list = page.getByRole("listitem");
  await agreed(async () => {
    const { figures } = await api(page, `api/v1/stations/${code}/latest`);
    expect(figures.length).toBeGreaterThan(4);
    for (const { item, value, unit, averaging } of figures) {
      if (value === null || !["hour", "instant"].includes(averaging) || !SYMBOLS[item]) continue;
      const figure = list.filter({ hasText: SYMBOLS[item] }).filter({ hasText: say(lang, `averaging_${averaging}`) });
      await expect(figure.first()).toContainText(unit, { timeout: 1_000 });
      await expect(figure.first()).toContainText(/\d{2}:\d{2}/, { timeout: 1_000 });
      await expect(figure.first()).toContainText(lang === "en" ? "demonstration data" : "演示数据", { timeout: 1_000 });
    }
  });
}

const SYMBOLS: Record<string, string> = {
  pm2_5: "PM₂.₅", pm10: "PM₁₀", so2: "SO₂", no2: "NO₂", o3: "O₃", co: "CO", nh3n: "NH₃-N", tp: "TP", codmn: "CODMn",
};

export const ROUTES: Route[] = [
  {
    path: "",
    heading: { "zh-CN": "重庆市九龙坡区环境", en: "Environment of Jiulongpo District, Chongqing" },
    charts: 1,
    numbers: true,
    shows: async (page, lang) => {
      await district(page, lang);
      await everyPlace(page, lang, "api/v1/air/summary", "stations");
      await everyPlace(page, lang, "api/v1/water/sections", "sections");
    },
  },
  {
    path: "air",
    heading: { "zh-CN": /空气/, en: /air/i },
    charts: 1,
    numbers: true,
    shows: async (page, lang) => {
      await everyPlace(page, lang, "api/v1/air/summary", "stations");
      await expect(page.getByRole("main")).toContainText("HJ 633-2026");
    },
  },
  {
    path: "air/1424A",
    heading: { "zh-CN": "杨家坪", en: "Yangjiaping" },
    charts: 2,
    numbers: true,
    shows: async (page, lang) => {
      await figures(page, lang, "1424A");
      await expect(page.getByRole("main")).toContainText("HJ 633-2026");
      await expect(page.getByRole("main")).toContainText(say(lang, "computed_here"));
    },
  },
  {
    path: "water",
    heading: { "zh-CN": /水/, en: /water/i },
    charts: 0,
    numbers: true,
    shows: async (page, lang) => {
      await everyPlace(page, lang, "api/v1/water/sections", "sections");
      await expect(page.getByRole("main")).toContainText("GB 3838-2002");
    },
  },
  {
    path: "water/A500107_0001",
    heading: { "zh-CN": "和尚山", en: "Heshangshan" },
    charts: 2,
    numbers: true,
    shows: async (page, lang) => {
      await figures(page, lang, "A500107_0001");
      await expect(page.getByRole("main")).toContainText("GB 3838-2002");
    },
  },
  {
    path: "report",
    heading: { "zh-CN": "举报污染", en: "Report pollution" },
    charts: 0,
    numbers: false,
    shows: async (page, lang) =>
      expect(page.getByRole("main").getByRole("group", { name: say(lang, "report_group") })).toBeVisible(),
  },
  {
    path: "reports",
    heading: { "zh-CN": "公开的举报", en: "Published reports" },
    charts: 0,
    numbers: false,
    shows: async (page, lang) =>
      expect(page.getByRole("main").getByRole("region", { name: say(lang, "reports_list") })).toBeVisible(),
  },
  {
    path: "track",
    heading: { "zh-CN": "查询举报", en: "Track a report" },
    charts: 0,
    numbers: false,
    shows: async (page, lang) =>
      expect(page.getByRole("main").getByLabel(say(lang, "code"), { exact: true })).toBeVisible(),
  },
  {
    path: "about",
    heading: { "zh-CN": /方法|关于/, en: /method|about/i },
    charts: 0,
    numbers: false,
    shows: async (page) => {
      for (const standard of ["HJ 633-2026", "HJ 633-2012", "GB 3838-2002"]) {
        await expect(page.getByRole("main")).toContainText(standard);
      }
    },
  },
  {
    path: "accessibility",
    heading: { "zh-CN": "无障碍声明", en: "Accessibility statement" },
    charts: 0,
    numbers: false,
    shows: async (page) => expect(page.getByRole("main")).toContainText("WCAG 2.2"),
  },
  {
    path: "no-such-page",
    heading: { "zh-CN": "没有找到这个页面", en: "Page not found" },
    charts: 0,
    numbers: false,
    shows: async (page, lang) =>
      expect(page.getByRole("main").getByRole("link", { name: say(lang, "not_found_home") })).toBeVisible(),
  },
];
