// The district's record: the ledger as of any day and filtered, one issue and objecting to it, green space, scorecard,
// programmes.
import { expect, test, type Page } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { address, live, open, overflow } from "./support/reader.ts";
import { api } from "./support/routes.ts";
import { LANGS, pattern, say, type Lang } from "./support/words.ts";

/** The rows of the list of issues. */
const issues = (page: Page, lang: Lang = "zh-CN") =>
  page.getByRole("region", { name: say(lang, "ledger_issues"), exact: true }).getByRole("list").getByRole("listitem");

const choose = (page: Page, key: string, lang: Lang = "zh-CN") =>
  page.getByRole("combobox", { name: say(lang, key), exact: true });

test("a filter narrows the list, is in the address and survives a reload", { tag: "@core" }, async ({ page }) => {
  await open(page, "rectification");
  const { items } = await api(page, "api/v1/rectification");
  const open_items = items.filter((item: { state: string }) => item.state === "publicity");
  await choose(page, "ledger_state").selectOption("publicity");
  await expect(page).toHaveURL(/state=publicity/);
  await expect(page.getByText(say("zh-CN", "ledger_found", { n: open_items.length }))).toBeVisible();
  await expect(issues(page)).toHaveCount(Math.min(open_items.length, 25));
  await page.reload();
  await expect(choose(page, "ledger_state")).toHaveValue("publicity");
  await expect(issues(page)).toHaveCount(Math.min(open_items.length, 25));
});

test("words look in numbers and titles, and pages turn", async ({ page }) => {
  await open(page, "rectification");
  await page.getByRole("searchbox").fill("case-4");
  await page.getByRole("searchbox").press("Enter");
  await expect(issues(page)).toHaveCount(1);
  await expect(issues(page)).toContainText("CASE-4");
  await page.getByRole("searchbox").fill("");
  await page.getByRole("searchbox").press("Enter");
  const first = await issues(page).first().innerText();
  await page.getByRole("link", { name: say("zh-CN", "reports_next") }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(issues(page).first()).not.toHaveText(first);
});

test("the figures of a past day are those of the ledger as of that day", async ({ page }) => {
  const day = "2024-06-30";
  const { statistics } = await api(page, `api/v1/rectification?as_of=${day}`);
  const { all, closed } = statistics.total;
  await open(page, "rectification");
  await page.getByLabel(say("zh-CN", "ledger_as_of")).fill(day);
  await expect(page).toHaveURL(new RegExp(`as_of=${day}`));
  await expect(page.getByRole("main")).toContainText(`截至 2024 年 6 月 30 日，台账共有问题 ${all} 个，已销号 ${closed} 个`);
  const csv = page.getByRole("link", { name: say("zh-CN", "ledger_csv") });
  await expect(csv).toHaveAttribute("href", new RegExp(`as_of=${day}`));
  await page.getByRole("button", { name: say("zh-CN", "ledger_today") }).click();
  await expect(page).not.toHaveURL(/as_of/);
});

test("a name in a table leads to its issues", async ({ page }) => {
  await open(page, "rectification");
  const { statistics } = await api(page, "api/v1/rectification");
  const water = statistics.by_medium.find((group: { key: string }) => group.key === "water").tally.all;
  const table = page.getByRole("table", { name: say("zh-CN", "ledger_by_medium") });
  await table.getByRole("link", { name: "水", exact: true }).click();
  await expect(page.getByRole("heading", { name: say("zh-CN", "ledger_issues") })).toBeFocused();
  await expect(page.getByText(say("zh-CN", "ledger_found", { n: water }))).toBeVisible();
});

test("the event log is there whole, part by part", async ({ page }) => {
  await open(page, "rectification");
  const { head } = await api(page, "api/v1/rectification");
  const parts = page.getByRole("link", { name: pattern("zh-CN", "ledger_events") });
  let events = 0;
  for (const part of await parts.all()) {
    const answer = await page.request.get((await part.getAttribute("href"))!);
    events += (await answer.text()).trim().split("\n").length;
  }
  expect(events).toBe(head.count);
  await expect(page.getByRole("main")).toContainText(head.hash);
});

for (const lang of LANGS) {
  test(`the publication form prints by itself in ${lang}`, async ({ page }) => {
    await open(page, "rectification/CASE-1", lang);
    await page.getByRole("link", { name: say(lang, "publication_alone") }).click();
    await expect(page).toHaveURL(/print=1/);
    await expect(page.getByRole("table")).toHaveCount(1);
    await expect(page.getByRole("row")).toHaveCount(4);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("button", { name: say(lang, "publication_print") })).toBeHidden();
    await expect(page.getByRole("navigation").filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole("table")).toBeVisible();
  });
}

test("an objection is taken, its personal data pointed out and its words kept private", async ({ page }) => {
  const { items } = await api(page, "api/v1/rectification");
  const shown = items.filter((item: { state: string }) => item.state === "publicity");
  let number = "";
  for (const item of shown) {
    const { publicity } = await api(page, `api/v1/rectification/${item.number}`);
    if (publicity.open) number = item.number;
  }
  expect(number, "an issue that is open to objections").not.toBe("");
  const before = (await api(page, `api/v1/rectification/${number}`)).objections.received;

  await open(page, `rectification/${number}`);
  await expect(page.getByText(pattern("zh-CN", "publicity_left")).or(page.getByText(say("zh-CN", "publicity_last_day")))).toBeVisible();
  await page.getByRole("button", { name: say("zh-CN", "objection_send") }).click();
  await expect(page.getByRole("alert").filter({ hasText: say("zh-CN", "objection_empty") })).toBeVisible();

  const text = page.getByLabel(say("zh-CN", "objection_text"), { exact: true });
  await text.fill("现场仍有污水外流，我的电话是 13812345678");
  await expect(page.getByRole("status").filter({ hasText: "13812345678" })).toBeVisible();
  await expectNoBarriers(page, "an objection being written");
  await text.fill("现场仍有污水外流");
  await page.getByRole("button", { name: say("zh-CN", "objection_send") }).click();
  await expect(page.getByText(say("zh-CN", "objection_taken", { n: before + 1 }))).toBeVisible({ timeout: 30_000 });

  const after = await api(page, `api/v1/rectification/${number}`);
  expect(after.objections.received).toBe(before + 1);
  expect(JSON.stringify(after)).not.toContain("污水外流");
  const [sha256, salt] = await page.locator("code.hash").allInnerTexts();
  const proven = Buffer.concat([Buffer.from(salt, "hex"), Buffer.from("现场仍有污水外流")]);
  expect(sha256).toBe(Buffer.from(await crypto.subtle.digest("SHA-256", proven)).toString("hex"));
  const log = await page.request.get(`api/v1/rectification/events.jsonl?after=${after.course.at(-1).event - 1}`);
  expect(await log.text()).toContain(sha256);
});

test("photos before and after are compared by key", async ({ page }) => {
  // Photos enter by the console; here two of this site's own pictures stand for them.
  await page.route("**/api/v1/rectification/CASE-1", async (route) => {
    const item = await (await route.fetch()).json();
    const photo = (phase: string) => ({ href: "icon-192.png", phase, note: "路口", width: 192, height: 192 });
    await route.fulfill({ json: { ...item, photos: [photo("before"), photo("after")] } });
  });
  await page.goto("rectification/CASE-1");
  await live(page);
  const handle = page.getByRole("slider");
  await expect(handle).toHaveAttribute("aria-valuetext", say("zh-CN", "photo_shown", { before: 50, after: 50 }));
  await handle.focus();
  await page.keyboard.press("ArrowRight");
  await expect(handle).toHaveAttribute("aria-valuetext", say("zh-CN", "photo_shown", { before: 45, after: 55 }));
  await page.keyboard.press("End");
  await expect(handle).toHaveAttribute("aria-valuetext", say("zh-CN", "photo_shown", { before: 0, after: 100 }));
  await expectNoBarriers(page, "photos before and after");
});

test("a park chosen on the map is found in the list", async ({ page }) => {
  await open(page, "green");
  const map = page.getByRole("group", { name: say("zh-CN", "green_map_label") });
  const place = map.getByRole("button").first();
  const number = Number((await place.innerText()).trim());
  // Places may lie so close that another one is on top: by keyboard each can be chosen.
  await place.press("Enter");
  const row = page.getByRole("group", { name: say("zh-CN", "green_parks") }).getByRole("listitem").nth(number - 1);
  await expect(row).toBeFocused();
});

test("a rate whose definition is not stated is compared with nothing", async ({ page }) => {
  await open(page, "green");
  const card = page.getByRole("article", { name: "建成区绿化率" });
  await expect(card).toContainText("43.75");
  await expect(card.getByRole("table")).toHaveCount(0);
  await expect(card).toContainText(say("zh-CN", "green_no_threshold"));
});

test("the implausible figure stands on no page", async ({ page }) => {
  for (const path of ["scorecard", "programmes/hydrogen-corridor"]) {
    await open(page, path);
    await expect(page.getByRole("main")).not.toContainText(/79\s*吨/);
  }
});

test("a programme's links keep the language", async ({ page }) => {
  await open(page, "programmes/six-plus-one", "en");
  await page.goto(address("programmes", "en"));
  await page.getByRole("main").getByRole("link").first().click();
  await expect(page).toHaveURL(/lang=en/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

for (const [path, name] of [["green", "nav_green"], ["programmes/one-thing", "nav_programmes"]] as const) {
  test(`the menus say where /${path} is`, async ({ page }) => {
    await open(page, path);
    const main = page.getByRole("navigation", { name: say("zh-CN", "nav_label") });
    await expect(main.getByRole("link", { name: say("zh-CN", "nav_record") })).toHaveAttribute("aria-current", "page");
    const record = page.getByRole("navigation", { name: say("zh-CN", "record_menu") });
    await expect(record.getByRole("link", { name: say("zh-CN", name) })).toHaveAttribute("aria-current", "page");
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await overflow(page)).toBe(0);
  });
}

test("an issue or programme that does not exist is told from a page that does not load", async ({ page }) => {
  for (const path of ["rectification/NO-SUCH-1", "programmes/no-such-page"]) {
    expect((await page.request.get(path)).status()).toBe(404);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: say("zh-CN", "not_found_title") })).toBeVisible();
  }
});

test("from the whole list to an issue, back and on, the program keeps going", async ({ page }) => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await open(page, "rectification");
  const heading = page.getByRole("heading", { level: 1 });
  const ledger = await heading.innerText();
  await page.getByRole("main").getByRole("link", { name: "桃花溪" }).first().click();
  await expect(heading).toContainText("桃花溪");
  await page.goBack();
  await expect(heading).toHaveText(ledger);
  await page.getByRole("link", { name: say("zh-CN", "nav_green") }).first().click();
  await expect(heading).toHaveText(say("zh-CN", "nav_green"));
  expect(faults).toEqual([]);
});
