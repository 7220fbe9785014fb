// The district's record in the office: an objection sends an issue back to work, a report becomes an issue, lists are looked
// at before they are imported, and what is written for the public stands there.
import { expect, test, type Browser, type Page } from "@playwright/test";
import { expectNoBarriers } from "./support/axe.ts";
import { act, closeAccepted, openCase, part, propose } from "./support/case.ts";
import { day, event, openIssue, rectify, refused } from "./support/issue.ts";
import { say, Staff } from "./support/officers.ts";
import { overflow } from "./support/reader.ts";
import { file } from "./support/report.ts";
import { api } from "./support/routes.ts";
import { pattern, say as portal } from "./support/words.ts";

// One demonstration for all: its officers sign in with a code that is taken once.
test.describe.configure({ mode: "serial", timeout: 240_000 });

let staff: Staff;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  staff = await Staff.start();
  const page = await browser.newPage();
  await staff.hire(page, "second", "核查员乙", "verifier");
  await page.close();
});
test.afterAll(async () => staff?.end());

const zh = (key: string, fill?: Record<string, string | number>) => say("zh-CN", key, fill);
const PHONE = { viewport: { width: 360, height: 740 } };
const reader = async (browser: Browser) => (await browser.newContext({ baseURL: staff.url, ...PHONE })).newPage();
/** What is public of an issue. */
const published = (page: Page, number: string) => api(page, `${staff.url}api/v1/rectification/${number}`);

const REPORTED = "REPORT-1";
const RESULT = "混接口已封堵，污水接入管网。";
/** The issue that is objected to, once it is known. */
let objected = "";
/** The report that becomes an issue. */
let report = "";

/** An issue of the demonstration that is open to objections. */
async function open_to_objections(page: Page): Promise<string> {
  const { items } = await api(page, `${staff.url}api/v1/rectification`);
  for (const item of items.filter((item: { state: string }) => item.state === "publicity")) {
    if ((await published(page, item.number)).publicity.open) return item.number;
  }
  throw new Error("no issue is open to objections");
}

/** Shown to the public from today on, for as long as the rules ask. */
async function publish(page: Page, number: string): Promise<void> {
  await openIssue(staff, page, "publisher", number);
  await event(page, "开始公示", async (form) => {
    await expect(form.getByLabel(zh("record_from"), { exact: true })).toHaveValue(day(0));
    await expect(form.getByLabel(zh("record_to"), { exact: true })).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  });
  await refused(page, "销号", /公示期至 \d{4}-\d\d-\d\d/);
}

test("an upheld objection sends an issue back to work, and other officers bring it to publicity again", async ({ browser, page }) => {
  test.setTimeout(300_000);
  const writer = await reader(browser);
  objected = await open_to_objections(writer);
  await writer.goto(`rectification/${objected}`);
  await writer.getByLabel(portal("zh-CN", "objection_text"), { exact: true }).fill("现场仍有污水外流，并未完成整改");
  await writer.getByRole("button", { name: portal("zh-CN", "objection_send") }).click();
  await expect(writer.getByText(pattern("zh-CN", "objection_taken"))).toBeVisible({ timeout: 30_000 });

  await staff.open(page, "publisher", "record/objections", "zh-CN");
  const ours = page.getByRole("listitem").filter({ hasText: "现场仍有污水外流" });
  await expect(ours).toContainText(objected);
  await ours.getByRole("link").click();
  await refused(page, "销号", /异议尚未答复，答复前不能销号/);
  await event(page, "答复异议", async (form) => {
    await expect(form.getByRole("blockquote")).toContainText("现场仍有污水外流");
    await form.getByRole("radio", { name: zh("record_upheld"), exact: true }).check();
    await form.getByLabel(zh("record_answer"), { exact: true }).fill("经复查情况属实，退回整改。");
  });
  await expect(part(page, "record_objections_title")).toContainText(zh("record_upheld"));
  const back = await published(page, objected);
  expect(back.objections).toMatchObject({ open: 0, upheld: 1 });
  expect(["on_track", "behind"]).toContain(back.line.state);

  await rectify(staff, () => browser.newPage(), objected, false, "复查后重新封堵，现场已无外流。");
  await page.close();
  const office = await browser.newPage();
  await publish(office, objected);
  expect((await published(office, objected)).line.state).toBe("publicity");
});

test("a report is recorded as an issue and rectified", async ({ browser, page }) => {
  test.setTimeout(300_000);
  report = (await file(await reader(browser), "zh-CN", { text: "桃花溪边排口有污水直排。" })).number;
  await openCase(staff, page, "triage", report);
  await act(page, "受理");
  const issues = part(page, "record_of_report");
  await expect(issues).toContainText(zh("record_of_report_none"));
  await issues.getByRole("link", { name: zh("record_from_report") }).click();
  await expect(page.getByRole("heading", { level: 1, name: zh("record_new") })).toBeVisible();
  await expect(page.getByText(zh("record_new_from", { number: report }))).toBeVisible();
  await expect(page.getByRole("combobox", { name: zh("record_source"), exact: true })).toHaveValue("public_report");
  await expect(page.getByLabel(zh("record_task"), { exact: true })).toHaveValue("桃花溪边排口有污水直排。");
  await page.getByLabel(zh("record_number"), { exact: true }).fill(REPORTED.toLowerCase());
  await page.getByLabel(zh("record_title"), { exact: true }).fill("桃花溪排口污水直排，联系 13812345678");
  await page.getByRole("button", { name: zh("record_create"), exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("公开台账不得包含个人信息");
  await page.getByLabel(zh("record_title"), { exact: true }).fill("桃花溪排口污水直排");
  await page.getByRole("button", { name: zh("record_create"), exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: REPORTED })).toBeVisible();
  await expect(part(page, "record_links").getByRole("link", { name: report })).toBeVisible();

  await event(page, "交办", async (form) => {
    await form.getByRole("combobox", { name: zh("record_unit"), exact: true }).selectOption("ecology");
    await form.getByLabel(zh("record_due"), { exact: true }).fill(day(60));
  });
  await rectify(staff, () => browser.newPage(), REPORTED, true, RESULT);
  await publish(await browser.newPage(), REPORTED);
});

test("two officers who change the same issue: the second is told who was first and keeps what was typed", async ({ browser }) => {
  const [one, two] = [await browser.newPage(), await browser.newPage()];
  await staff.open(one, "triage", "record?stage=assigned", "zh-CN");
  const number = (await one.getByRole("table").getByRole("rowheader").first().getByRole("link").innerText()).split(" ")[0]!;
  await one.goto(`${staff.url}console/record/${number}?lang=zh-CN`);
  await openIssue(staff, two, "handler", number);
  const actions = part(two, "actions_title");
  await actions.getByRole("button", { name: "制定措施", exact: true }).click();
  await actions.getByLabel(zh("record_goal"), { exact: true }).fill("目标已写好");
  await actions.getByLabel(zh("record_measures"), { exact: true }).fill("措施已写好");
  await event(one, "调整时限", async (form) => {
    await form.getByLabel(zh("record_due"), { exact: true }).fill(day(90));
    await form.getByLabel(zh("act_reason"), { exact: true }).fill("汛期顺延");
  });
  const confirm = actions.getByRole("button", { name: zh("act_confirm", { action: "制定措施" }) });
  await confirm.click();
  const alert = actions.getByRole("alert");
  await expect(alert).toContainText(Staff.called("triage"));
  await expect(alert).toContainText("调整时限");
  await alert.getByRole("button", { name: zh("failed_show_newest") }).click();
  await expect(part(two, "timeline_title")).toContainText("汛期顺延");
  await expect(actions.getByLabel(zh("record_goal"), { exact: true })).toHaveValue("目标已写好");
  await confirm.click();
  await expect(part(two, "timeline_title").getByRole("listitem").last()).toContainText("制定措施");
  await Promise.all([one.close(), two.close()]);
});

test("several issues are found by keyboard, ticked and assigned at once, and who may not be is named", async ({ page }) => {
  await staff.open(page, "triage", "record?stage=open,assigned", "zh-CN");
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(2)).toBeVisible();
  const stages = page.getByRole("navigation", { name: zh("record_stages") });
  await stages.getByRole("link", { name: "已归集" }).click();
  await expect(page).toHaveURL(/stage=open(&|$)/);
  const some = await page.getByRole("table").getByRole("rowheader").count();
  expect(some).toBeGreaterThan(1);
  await page.getByRole("main").focus();
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(2);
  const form = page.getByRole("form", { name: zh("record_bulk") });
  await expect(form).toContainText(zh("bulk_chosen", { n: 2 }));
  await form.getByLabel(zh("bulk_action")).selectOption("assigned");
  await form.getByRole("combobox", { name: zh("record_unit"), exact: true }).selectOption("ecology");
  await form.getByLabel(zh("record_due"), { exact: true }).fill(day(45));
  await form.getByRole("button", { name: zh("record_bulk_do") }).click();
  await expect(page.getByText(zh("bulk_done", { n: 2 }))).toBeVisible();

  await stages.getByRole("link", { name: "已交办" }).click();
  await page.getByRole("checkbox", { name: zh("record_tick_all") }).check();
  await form.getByLabel(zh("bulk_action")).selectOption("assigned");
  await form.getByRole("combobox", { name: zh("record_unit"), exact: true }).selectOption("ecology");
  await form.getByLabel(zh("record_due"), { exact: true }).fill(day(45));
  await form.getByRole("button", { name: zh("record_bulk_do") }).click();
  await expect(page.getByText(zh("record_bulk_refused"))).toBeVisible();
  await expect(page.getByText(/处于“已交办”，不能进行“交办”/).first()).toBeVisible();
});

test("filters of the list are in the address, and its file holds the same issues", async ({ page }) => {
  await staff.open(page, "auditor", "record", "zh-CN");
  await page.getByRole("search").getByRole("combobox", { name: zh("record_source"), exact: true }).selectOption("yangtze_film");
  await page.getByRole("search").getByRole("combobox", { name: zh("record_medium"), exact: true }).selectOption("water");
  await expect(page).toHaveURL(/source=yangtze_film/);
  await expect(page).toHaveURL(/medium=water/);
  const total = /共 (\d+) 个问题/.exec(await page.getByRole("status").filter({ hasText: "符合条件" }).innerText())?.[1];
  const csv = page.getByRole("link", { name: zh("record_export") });
  const answer = await page.request.get(new URL((await csv.getAttribute("href"))!, `${staff.url}console/`).href);
  expect((await answer.text()).trim().split("\n").length - 1).toBe(Number(total));
  await page.getByRole("navigation", { name: zh("record_views") }).getByRole("link", { name: "已超期" }).click();
  await expect(page).toHaveURL(/view=overdue/);
  await page.reload();
  await expect(page.getByRole("search").getByRole("combobox", { name: zh("record_source"), exact: true })).toHaveValue("yangtze_film");
});

const HEAD = "问题编号,来源,类型,问题,发现日期,责任单位,时限类型,整改时限,交办日期,状态,经办电话";
const GOOD = (n: number) => `LIST-${n},自查自纠,水,雨污混接,2026-09-0${n},区生态环境局,限期整改,2027-06-30,2026-09-1${n},已交办,`;
const LIST = [
  HEAD,
  GOOD(1),
  "LIST-2,自查自纠,水,日期写错,2026-13-40,区生态环境局,限期整改,2027-06-30,2026-09-12,已交办,",
  "LIST-3,自查自纠,水,单位不明,2026-09-03,某某办公室,限期整改,2027-06-30,2026-09-13,已交办,",
  GOOD(4),
  "LIST-1,自查自纠,水,编号重复,2026-09-05,区生态环境局,限期整改,2027-06-30,2026-09-15,已交办,",
].join("\n");

test("a list is looked at first, every fault named by row and column, and imported without the rows at fault", async ({ page }) => {
  await staff.open(page, "triage", "record/import", "zh-CN");
  const before = (await api(page, `${staff.url}api/v1/rectification`)).items.length;
  await page.getByLabel(zh("import_choose")).setInputFiles({ name: "清单.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
  const found = page.getByRole("region", { name: zh("import_found"), exact: true });
  await expect(found).toContainText(zh("import_ignored", { columns: "经办电话" }));
  const row = (number: number) => found.getByRole("row").filter({ has: page.getByRole("rowheader", { name: String(number), exact: true }) });
  await expect(row(3)).toContainText("2026-13-40");
  await expect(row(3)).toContainText("发现日期");
  await expect(row(4)).toContainText("某某办公室");
  await expect(row(6)).toContainText("LIST-1");
  await expectNoBarriers(page, "what a dry run found");
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflow(page)).toBe(0);
  expect((await api(page, `${staff.url}api/v1/rectification`)).items.length, "nothing is imported by looking").toBe(before);

  await page.getByRole("button", { name: pattern_of("import_good") }).click();
  await expect(page.getByRole("status").filter({ hasText: pattern_of("import_done") })).toBeVisible({ timeout: 30_000 });
  const { items } = await api(page, `${staff.url}api/v1/rectification`);
  const numbers = items.map((item: { number: string }) => item.number);
  expect(items.length).toBeGreaterThan(before);
  expect(numbers).toContain("LIST-4");
  for (const wrong of ["LIST-2", "LIST-3"]) expect(numbers).not.toContain(wrong);
});

/** A sentence of the console with anything where something would be filled in. */
function pattern_of(key: string): RegExp {
  const literal = zh(key, new Proxy({}, { get: () => "\u0000", has: () => true }));
  return new RegExp(literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\u0000", ".+"));
}

test("a new value of the scorecard needs its source, is public at once, and the old one stays", async ({ browser, page }) => {
  const { groups } = await api(page, `${staff.url}api/v1/scorecard`);
  const line = groups.flatMap((group: { lines: object[] }) => group.lines)
    .find((line: { now: { value: unknown } }) => typeof line.now.value === "number" || /^\d/.test(String(line.now.value)));
  await staff.open(page, "publisher", "content", "zh-CN");
  await page.getByRole("link", { name: line.name.zh }).first().click();
  const form = page.getByRole("form", { name: zh("score_form") });
  await form.getByLabel(zh("score_value"), { exact: true }).fill("98.7");
  const source = form.getByLabel(zh("score_source"), { exact: true });
  await source.fill("  ");
  await form.getByRole("button", { name: zh("score_save") }).click();
  await expect(form.getByRole("alert")).toContainText("请注明来源及原文");
  await expect(form.getByLabel(zh("score_value"), { exact: true })).toHaveValue("98.7");
  await source.fill("区政府工作报告（2026 年）");
  await form.getByLabel(zh("score_quote"), { exact: true }).fill("达到98.7");
  await form.getByRole("button", { name: zh("score_save") }).click();
  await expect(page.getByText(zh("score_saved"))).toBeVisible();
  const history = part(page, "score_history");
  await expect(history.getByRole("listitem").first()).toContainText("98.7");
  await expect(history.getByRole("listitem").nth(1)).toContainText(zh("score_replaced"));
  await expectNoBarriers(page, "an indicator");

  const phone = await reader(browser);
  await phone.goto("scorecard");
  await expect(phone.getByRole("listitem").filter({ hasText: "达到98.7" })).toContainText("区政府工作报告（2026 年）");
});

test("a programme is written in Markdown beside what the public will see, and shown", async ({ browser, page }) => {
  await staff.open(page, "publisher", "content", "zh-CN");
  await part(page, "content_programmes").getByRole("link").first().click();
  const form = page.getByRole("form", { name: zh("programme_form") });
  const body = form.getByLabel(zh("programme_body_zh"), { exact: true });
  const before = await body.inputValue();
  await body.fill(`${before}\n\n## 本月进展\n\n- 新增**三个**监测点 <script>alert(1)</script>`);
  const preview = part(page, "programme_preview_zh");
  await expect(preview.getByRole("heading", { name: "本月进展" })).toBeVisible();
  await expect(preview.getByText("<script>alert(1)</script>")).toBeVisible();
  await form.getByRole("button", { name: zh("programme_save") }).click();
  await expect(page.getByText(zh("programme_saved"))).toBeVisible();
  const revisions = part(page, "programme_revisions");
  await expect(revisions.getByRole("listitem").first()).toContainText(Staff.called("publisher"));
  await expectNoBarriers(page, "a programme being written");

  const slug = new URL(page.url()).pathname.split("/").at(-1);
  const phone = await reader(browser);
  await phone.goto(`programmes/${slug}`);
  await expect(phone.getByRole("heading", { name: "本月进展" })).toBeVisible();
  await revisions.getByRole("button").last().click();
  await expect(body).toHaveValue(before);
});

test("after publicity both are struck off, and the report is closed as true with what was achieved and may be rewarded", async ({ browser }) => {
  test.setTimeout(300_000);
  await staff.later(25);
  const publisher = await browser.newPage();
  await staff.open(publisher, "publisher", "record?view=closable", "zh-CN");
  for (const number of [objected, REPORTED]) {
    await publisher.goto(`${staff.url}console/record/${number}?lang=zh-CN`);
    await event(publisher, "销号");
    expect((await published(publisher, number)).line).toMatchObject({ state: "closed" });
  }
  const phone = await reader(browser);
  await phone.goto(`rectification/${objected}`);
  await expect(phone.getByRole("main")).toContainText("已销号");

  const triage = await browser.newPage();
  await openCase(staff, triage, "triage", report);
  await expect(part(triage, "record_of_report").getByRole("listitem")).toContainText("已销号");
  const { result } = await published(triage, REPORTED);
  expect(result).toBe(RESULT);
  await closeAccepted(staff, triage, () => browser.newPage(), report, { evidence: `整改台账 ${REPORTED}`, told: result });
  const proposer = await browser.newPage();
  await openCase(staff, proposer, "handler", report);
  await propose(proposer, 500);
});
