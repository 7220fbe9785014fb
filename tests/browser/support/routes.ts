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

const SOURCES: Record<string, [string, string]> = {
  central: ["中央生态环境保护督察", "central inspection"],
  municipal: ["市级生态环境保护督察", "municipal inspection"],
  yangtze_film: ["长江经济带生态环境警示片", "Yangtze warning film"],
  self_found: ["自查自纠", "self-inspection"],
  public_report: ["群众举报", "public report"],
  unstated: ["来源未说明", "source not stated"],
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
    path: "rectification",
    heading: { "zh-CN": "督察整改台账", en: "Rectification ledger" },
    charts: 1,
    numbers: true,
    shows: async (page, lang) => {
      const { statistics, items } = await api(page, "api/v1/rectification");
      const { all, closed } = statistics.total;
      const main = page.getByRole("main");
      // No rate without its two numbers.
      await expect(main).toContainText(lang === "en" ? `(${closed} of ${all})` : `（${closed} / ${all}）`);
      await expect(main.getByText(say(lang, "ledger_found", { n: items.length }))).toBeVisible();
      for (const { key, tally } of statistics.by_source) {
        const table = main.getByRole("table", { name: say(lang, "ledger_by_source") });
        const row = table.getByRole("row").filter({ hasText: SOURCES[key][lang === "en" ? 1 : 0] });
        await expect(row.getByRole("cell").first()).toHaveText(String(tally.all));
      }
    },
  },
  {
    path: "rectification/CASE-4",
    heading: { "zh-CN": "桃花溪鱼鳞渣拦截堰", en: "Yulinzha interception weir on the Taohua stream" },
    charts: 0,
    numbers: true,
    shows: async (page, lang) => {
      const { course, task } = await api(page, "api/v1/rectification/CASE-4");
      const main = page.getByRole("main");
      await expect(main.getByRole("region", { name: say(lang, "item_course") }).getByRole("listitem")).toHaveCount(course.length);
      await expect(main.getByRole("row").filter({ hasText: say(lang, "publication_task") })).toContainText(task);
      await expect(main).toContainText(say(lang, "item_quoted").replace(/^[：:]\s*/, ""));
    },
  },
  {
    path: "green",
    heading: { "zh-CN": "绿色空间", en: "Green space" },
    charts: 0,
    numbers: true,
    shows: async (page, lang) => {
      const { indicators, parks, coverage } = await api(page, "api/v1/green");
      const main = page.getByRole("main");
      for (const { name, definition, figure } of indicators) {
        const card = main.getByRole("article", { name: of(name, lang) });
        await expect(card).toContainText(String(figure.now.value));
        await expect(card).toContainText(of(definition, lang));
      }
      const list = main.getByRole("region", { name: say(lang, "green_parks"), exact: true }).getByRole("listitem");
      await expect(list).toHaveCount(parks.length);
      const reach = main.getByRole("region", { name: say(lang, "green_reach") });
      await expect(reach).toContainText(String(coverage.percent));
      await expect(reach.getByText(say(lang, "green_estimated"), { exact: true })).toBeVisible();
    },
  },
  {
    path: "scorecard",
    heading: { "zh-CN": "生态环境成绩单", en: "Environmental scorecard" },
    charts: 0,
    numbers: false,
    shows: async (page, lang) => {
      const { groups } = await api(page, "api/v1/scorecard");
      expect(groups).toHaveLength(7);
      for (const { name, lines } of groups) {
        const group = page.getByRole("main").getByRole("region", { name: of(name, lang) });
        await expect(group.getByRole("listitem")).toHaveCount(lines.length);
        for (const { name, now } of lines) {
          const line = group.getByRole("listitem").filter({ has: page.getByRole("heading", { name: of(name, lang), exact: true }) });
          await expect(line).toContainText(String(now.value));
          await expect(line.getByRole("blockquote")).toHaveText(now.quote);
        }
      }
    },
  },
  {
    path: "programmes",
    heading: { "zh-CN": "治理项目与做法", en: "Programmes and works" },
    charts: 0,
    numbers: false,
    shows: async (page, lang) => {
      const { programmes } = await api(page, "api/v1/programmes");
      for (const { title } of programmes) {
        await expect(page.getByRole("main").getByRole("link", { name: of(title, lang) })).toBeVisible();
      }
    },
  },
  {
    path: "programmes/digital-brain",
    heading: { "zh-CN": /大脑/, en: /brain/i },
    charts: 0,
    numbers: false,
    shows: async (page, lang) => {
      const { figures } = await api(page, "api/v1/programmes/digital-brain");
      const list = page.getByRole("main").getByRole("region", { name: say(lang, "programme_figures") });
      await expect(list.getByRole("listitem")).toHaveCount(figures.length);
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
