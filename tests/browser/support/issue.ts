// What officers do on the page of an issue of the rectification ledger, by the names of what is on it.
import { expect, type Locator, type Page } from "@playwright/test";
import { part } from "./case.ts";
import { say, type Staff } from "./officers.ts";
import type { Lang } from "./words.ts";

const zh = (key: string, fill?: Record<string, string | number>) => say("zh-CN", key, fill);

/** Signs in and opens an issue by its number. */
export async function openIssue(staff: Staff, page: Page, officer: string, number: string, lang: Lang = "zh-CN"): Promise<void> {
  await staff.open(page, officer, `record/${number}`, lang);
  await expect(page.getByRole("heading", { level: 1, name: number })).toBeVisible();
}

/** Adds an event: its button, what it asks for, and the button that confirms. */
export async function event(page: Page, name: string, fill: (form: Locator) => Promise<void> = async () => {}): Promise<void> {
  const actions = part(page, "actions_title");
  await actions.getByRole("button", { name, exact: true }).click();
  const form = actions.getByRole("form", { name, exact: true });
  await fill(form);
  await form.getByRole("button", { name: zh("act_confirm", { action: name }) }).click();
  await expect(form).toHaveCount(0);
  await expect(part(page, "timeline_title").getByRole("listitem").filter({ hasText: name }).last()).toBeVisible();
}

/** The button of an event that may not be added, with the rule. */
export async function refused(page: Page, name: string, rule: RegExp | string): Promise<void> {
  const button = part(page, "actions_title").getByRole("button", { name, exact: true });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(rule);
}

/** A day from today, as date fields have it. */
export function day(fromToday: number): string {
  const beijing = new Date(Date.now() + (8 + 24 * fromToday) * 3_600_000);
  return beijing.toISOString().slice(0, 10);
}

/** The check that is due, passed. */
export async function pass(page: Page, step: string): Promise<void> {
  await event(page, "核查验收", async (form) => {
    await expect(form).toContainText(zh("record_check_step", { step }));
    await form.getByRole("radio", { name: zh("record_check_passed"), exact: true }).check();
    await form.getByLabel(zh("record_check_record"), { exact: true }).fill(`${step}：现场查看，符合要求。`);
  });
}

/** The work from its measures to its last check, each by who may do it; `done` is what was achieved. */
export async function rectify(staff: Staff, pages: () => Promise<Page>, number: string, measures: boolean, done: string): Promise<void> {
  const handler = await pages();
  await openIssue(staff, handler, "handler", number);
  if (measures) {
    await event(handler, "制定措施", async (form) => {
      await form.getByLabel(zh("record_goal"), { exact: true }).fill("污水全部接入管网。");
      await form.getByLabel(zh("record_measures"), { exact: true }).fill("封堵混接口，新建管线 200 米。");
      await form.getByRole("button", { name: zh("plan_add") }).click();
      await form.getByLabel(zh("plan_day"), { exact: true }).fill(day(20));
      await form.getByLabel(zh("plan_percent"), { exact: true }).fill("50");
    });
  }
  await event(handler, "报送进展", async (form) => {
    await form.getByLabel(zh("record_percent"), { exact: true }).fill("80");
    await form.getByLabel(zh("record_progress"), { exact: true }).fill("管线已完成八成。");
  });
  await event(handler, "完成整改", async (form) => {
    await form.getByLabel(zh("record_result"), { exact: true }).fill(done);
    await form.getByLabel(zh("evidence_record"), { exact: true }).fill("现场已无污水外流，检查记录一份。");
  });
  await pass(handler, "自查");
  const first = await pages();
  await openIssue(staff, first, "verifier", number);
  await pass(first, "初验");
  await refused(first, "核查验收", "您已核查过本次整改，同一人不能核查两次，请由他人进行。");
  const second = await pages();
  await openIssue(staff, second, "second", number);
  await pass(second, "验收");
  await Promise.all([handler.close(), first.close(), second.close()]);
}
