// The whole way of a report, from a phone to a paid reward, against the demonstration with its officers.
import { expect, test, type Browser, type Locator, type Page } from "@playwright/test";
import { closeAsFounded, decide, openCase, propose } from "./support/case.ts";
import { say as console_, Staff } from "./support/officers.ts";
import { overflow } from "./support/reader.ts";
import { file, track } from "./support/report.ts";
import { pattern, say } from "./support/words.ts";

let staff: Staff;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  staff = await Staff.start();
});
test.afterAll(async () => staff?.end());

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const zh = (key: string, fill?: Record<string, string | number>) => say("zh-CN", key, fill);

async function phone(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: staff.url, ...PHONE })).newPage();
}

const section = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });

test("a report from a phone becomes a case, a finding and a paid reward, and its writer stays unknown", async ({ browser }) => {
  test.setTimeout(300_000);
  const reporter = await phone(browser);
  const { number, claim } = await file(reporter, "zh-CN", { text: "河边有人焚烧垃圾，浓烟很呛。", photo: true });

  await track(reporter, "zh-CN", claim, number);
  await expect(section(reporter, zh("track_report", { number }))).toContainText("已提交");
  const office = () => browser.newPage();
  const told = await closeAsFounded(staff, office, number);

  const proposer = await office();
  await openCase(staff, proposer, "handler", number);
  await expect(section(proposer, console_("zh-CN", "photos_title")).getByRole("img")).toHaveCount(1);
  await propose(proposer, 1_000);
  const approver = await office();
  await openCase(staff, approver, "verifier", number);
  await decide(approver, "批准", "已批准");
  await decide(approver, "通知领取", "待领取");

  await track(reporter, "zh-CN", claim, number);
  const state = section(reporter, zh("track_report", { number }));
  await expect(state).toContainText(zh("track_state_finding", { state: "已办结", finding: "属实" }));
  await expect(state).toContainText(told);
  const reward = section(reporter, zh("reward_title"));
  await expect(reward).toContainText("待领取");
  await expect(reward).toContainText(zh("reward_amount", { yuan: 1_000 }));
  await expect(reward.getByRole("listitem").filter({ hasText: zh("verdict_unclear") })).toHaveCount(0);
  await reward.getByText(zh("reward_claim"), { exact: true }).click();
  await reward.getByRole("button", { name: zh("track_sure", { name: zh("reward_claim") }) }).click();
  const field = reward.getByLabel(zh("reward_voucher"), { exact: true });
  await expect(field).toHaveValue(/^[0-9A-Z-]{8,}$/);
  const voucher = await field.inputValue();
  expect(await overflow(reporter)).toBe(0);

  const payer = await office();
  await openCase(staff, payer, "payer", number);
  await expect(payer.getByRole("main")).not.toContainText(voucher);
  await decide(payer, "登记发放", "已发放", (form) => form.getByLabel(console_("zh-CN", "reward_voucher")).fill(voucher));
  await expect(section(payer, console_("zh-CN", "reward_title"))).toContainText(Staff.called("payer"));

  await track(reporter, "zh-CN", claim, number);
  await expect(section(reporter, zh("reward_title"))).toContainText("已发放");
  await payer.goto(`${staff.url}console/ledger?lang=zh-CN`);
  await expect(payer.getByText(/链条完整/)).toBeVisible();
});

test("in English on a small phone, a report is written, received and followed", async ({ browser }) => {
  test.slow();
  const reporter = await phone(browser);
  const { number, claim } = await file(reporter, "en", { text: "Rubbish is burnt beside the stream.", photo: true });
  await track(reporter, "en", claim, number);
  const state = section(reporter, say("en", "track_report", { number }));
  await expect(state).toContainText(/submitted/i);
  await expect(state).toContainText("Rubbish is burnt beside the stream.");
  await expect(state).toContainText(say("en", "track_photos", { n: 1 }));
  await expect(reporter.getByRole("heading", { level: 2, name: pattern("en", "track_report") })).toBeFocused();
  expect(await overflow(reporter)).toBe(0);
});
