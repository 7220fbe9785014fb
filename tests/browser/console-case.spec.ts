// What officers do with one case that must hold on the screen too: what is hidden stays hidden, who was told is known.
import { expect, test, type Browser, type Page } from "@playwright/test";
import { decide, openCase, part, propose } from "./support/case.ts";
import { say, Staff } from "./support/officers.ts";
import { brightest } from "./support/pixels.ts";
import { file, track } from "./support/report.ts";
import { say as portal } from "./support/words.ts";

test.describe.configure({ mode: "serial" });

let staff: Staff;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  staff = await Staff.start();
});
test.afterAll(async () => staff?.end());

const zh = (key: string, fill?: Record<string, string | number>) => say("zh-CN", key, fill);
const PHONE = { viewport: { width: 360, height: 740 } };

async function reporter(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: staff.url, ...PHONE })).newPage();
}

test("what is blackened is gone from the public picture, and a telephone number from the public text", async ({ browser, page }) => {
  test.slow();
  const writer = await reporter(browser);
  const { number } = await file(writer, "zh-CN", { text: "有人烧垃圾，请打 13912345678", photo: true });

  await openCase(staff, page, "publisher", number);
  await expect(part(page, "facts_title")).toContainText("13912345678");
  const photos = part(page, "photos_title");
  await photos.getByRole("button", { name: zh("photo_blacken", { n: 1 }) }).click();
  await photos.getByRole("button", { name: zh("redact_add") }).click();
  const box = photos.getByRole("group", { name: zh("redact_box", { n: 1 }) });
  for (const [key, pixels] of [["redact_x", 0], ["redact_y", 0], ["redact_width", 320], ["redact_height", 240]] as const) {
    await box.getByLabel(zh(key), { exact: true }).fill(String(pixels));
  }
  await photos.getByRole("button", { name: zh("redact_save") }).click();
  await expect(photos.getByRole("img", { name: zh("photo_copy", { n: 1 }) })).toBeVisible();

  const publication = part(page, "publication_title");
  await expect(publication.getByText("有人烧垃圾，请打 ＊＊＊").first()).toBeVisible();
  await expect(publication.getByText("13912345678")).toHaveCount(0);
  await publication.getByRole("checkbox", { name: zh("publish_copy") }).check();
  await publication.getByRole("button", { name: "公开", exact: true }).click();
  await expect(publication.getByText(zh("publication_published"), { exact: true })).toBeVisible();

  const answer = await page.request.get(`${staff.url}api/v1/reports/${number.replace("-", "")}`);
  const told = await answer.text();
  expect(told).not.toContain("13912345678");
  const published: string[] = JSON.parse(told).report.photos;
  expect(published).toHaveLength(1);
  const original = await photos.getByRole("img", { name: zh("photo_name", { n: 1 }), exact: true }).getAttribute("src");
  const [shown, kept] = [`${staff.url}${published[0]}`, `${staff.url}console/${original}`];
  // JPEG rounds a little, most of all beside an edge.
  const [hidden, free] = [{ x: 8, y: 8, width: 300, height: 220 }, { x: 330, y: 250, width: 300, height: 220 }];
  expect(await brightest(page, shown, hidden), "inside the box, as published").toBeLessThan(16);
  expect(await brightest(page, shown, free), "outside of it").toBeGreaterThan(100);
  expect(await brightest(page, kept, hidden), "as the office keeps it").toBeGreaterThan(100);
  await writer.goto(`reports/${number.replace("-", "")}`);
  await expect(writer.getByRole("main").getByText("有人烧垃圾，请打 ＊＊＊")).toBeVisible();
  await expect(writer.getByRole("main").getByRole("img")).toHaveCount(1);
});

test("who reported is unsealed in the browser with the officers' key, and the audit log knows who asked why", async ({ browser, page }) => {
  test.slow();
  const reach = "13900001111";
  const { number } = await file(await reporter(browser), "zh-CN", { text: "夜间焚烧", reach });

  const answers: string[] = [];
  page.on("response", async (response) => answers.push(await response.text().catch(() => "")));
  await openCase(staff, page, "verifier", number);
  const identity = part(page, "identity_title");
  const why = "需当面核实现场位置";
  await identity.getByLabel(zh("identity_reason")).fill(why);
  await identity.getByLabel(zh("identity_key_file")).setInputFiles(staff.identity);
  await expect(identity.getByLabel(zh("identity_key"))).toHaveValue(/AGE-SECRET-KEY-1/);
  await identity.getByRole("button", { name: "解封身份", exact: true }).click();
  await expect(identity.getByRole("definition").filter({ hasText: reach })).toBeVisible();
  await expect(identity.getByLabel(zh("identity_key"))).toHaveValue("");
  expect(answers.filter((answer) => answer.includes("BEGIN AGE ENCRYPTED FILE"))).not.toEqual([]);
  expect(answers.filter((answer) => answer.includes(reach)), "answers of the server that hold the contact").toEqual([]);
  await identity.getByRole("button", { name: zh("identity_forget") }).click();
  await expect(page.getByText(reach)).toHaveCount(0);

  const auditor = await browser.newPage();
  await staff.open(auditor, "auditor", "audit", "zh-CN");
  await auditor.getByLabel(zh("audit_subject")).fill(number);
  await auditor.getByRole("button", { name: zh("filter_search") }).click();
  await expect(auditor).toHaveURL(/subject=/);
  const line = auditor.getByRole("row").filter({ hasText: zh("deed_identity_taken") });
  await expect(line).toHaveCount(1);
  for (const known of ["verifier", why]) await expect(line).toContainText(known);
  await expect(auditor.getByText(reach)).toHaveCount(0);
});

test("another key opens nothing, and a case without a contact says so", async ({ browser, page }) => {
  test.slow();
  const { number } = await file(await reporter(browser), "zh-CN", { text: "又在焚烧", reach: "13900002222" });
  await openCase(staff, page, "payer", number);
  const identity = part(page, "identity_title");
  await identity.getByLabel(zh("identity_reason")).fill("核对收款人");
  await identity.getByLabel(zh("identity_key")).fill("没有密钥");
  await identity.getByRole("button", { name: "解封身份", exact: true }).click();
  await expect(identity.getByText(zh("closed_no_key"))).toBeVisible();
  // The pair that the age crate's own tests use.
  await identity.getByLabel(zh("identity_key")).fill("AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33");
  await identity.getByRole("button", { name: "解封身份", exact: true }).click();
  await expect(identity.getByText(zh("closed_other_key"))).toBeVisible();
  await expect(identity.getByRole("definition")).toHaveCount(0);
});

test("a question reaches who has the code, and the answer comes back marked as unanswered", async ({ browser, page }) => {
  test.slow();
  const writer = await reporter(browser);
  const { number, claim } = await file(writer, "zh-CN", { text: "每天傍晚冒烟" });
  await openCase(staff, page, "triage", number);
  const messages = part(page, "messages_title");
  await messages.getByLabel(zh("messages_ask")).fill("烟是从哪一栋后面冒出来的？");
  await messages.getByRole("button", { name: "询问举报人", exact: true }).click();
  await expect(messages.getByRole("listitem").filter({ hasText: "烟是从哪一栋" })).toBeVisible();

  await track(writer, "zh-CN", claim, number);
  const talk = writer.getByRole("region", { name: portal("zh-CN", "track_messages"), exact: true });
  await expect(talk.getByRole("listitem").filter({ hasText: "烟是从哪一栋" })).toContainText(portal("zh-CN", "track_office"));
  await talk.getByLabel(portal("zh-CN", "track_answer"), { exact: true }).fill("河对岸的旧仓库");
  await talk.getByRole("button", { name: portal("zh-CN", "track_answer_send"), exact: true }).click();
  await expect(talk.getByRole("listitem").filter({ hasText: "河对岸的旧仓库" })).toBeVisible();

  await page.reload();
  await expect(messages.getByRole("listitem").filter({ hasText: "河对岸的旧仓库" })).toContainText(zh("messages_from_holder"));
  await page.goto(`${staff.url}console/?q=${number}`);
  await expect(page.getByRole("row").filter({ hasText: number })).toContainText(zh("mark_unanswered"));
});

test("whoever proposed a reward reads why they cannot approve it", async ({ page }) => {
  await staff.open(page, "verifier", "", "zh-CN");
  await page.goto(`${staff.url}console/?state=closed&category=air_odour`);
  await page.getByRole("table").getByRole("rowheader").getByRole("link").first().click();
  await propose(page, 500);
  const reward = part(page, "reward_title");
  await expect(reward.getByRole("definition").filter({ hasText: Staff.called("verifier") })).toBeVisible();
  const reason = "提出奖励的人员不能审批本人提出的奖励，须由另一人审批。";
  for (const name of ["批准", "不批准"]) {
    const button = reward.getByRole("button", { name, exact: true });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(reason);
    await button.click({ force: true });
    await expect(reward.getByRole("form")).toHaveCount(0);
  }
  await expect(reward.getByText("奖励审核中", { exact: true })).toBeVisible();
});

test("a reward that someone else proposed is turned down with a reason, and can be proposed again", async ({ page }) => {
  await staff.open(page, "verifier", "rewards", "zh-CN");
  await page.getByRole("navigation", { name: zh("rewards_states") }).getByRole("link", { name: "奖励审核中" }).click();
  const theirs = page.getByRole("region").filter({ has: page.getByText(Staff.called("handler")) });
  const proposed = theirs.getByRole("link", { name: /^R/ });
  // The list of before stays until the one asked for has come.
  await expect(proposed).toHaveCount(1);
  await proposed.click();
  await decide(page, "不批准", "未批准", (form) => form.getByLabel(zh("act_reason")).fill("档位不符，请按 500 元重提"));
  await expect(part(page, "reward_title").getByRole("button", { name: "提出奖励", exact: true })).not.toHaveAttribute("aria-disabled");
});
