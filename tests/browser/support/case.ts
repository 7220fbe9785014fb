// What officers do on the page of a case, by the names of what is on it.
import { expect, type Locator, type Page } from "@playwright/test";
import { say, type Staff } from "./officers.ts";
import type { Lang } from "./words.ts";

const zh = (key: string, fill?: Record<string, string | number>) => say("zh-CN", key, fill);

/** A part of the page by the key of its name. */
export function part(page: Page, key: string): Locator {
  return page.getByRole("region", { name: zh(key), exact: true });
}

/** Signs in as the officer of a role and opens a case by its tracking number. */
export async function openCase(staff: Staff, page: Page, role: string, number: string, lang: Lang = "zh-CN"): Promise<void> {
  await staff.open(page, role, `cases/${number.replace("-", "")}`, lang);
  await expect(page.getByRole("heading", { level: 1, name: number })).toBeVisible();
}

/** Takes an action of the course: its button, what it asks for, and the button that confirms. */
export async function act(page: Page, name: string, fill: (form: Locator) => Promise<void> = async () => {}): Promise<void> {
  await confirmed(part(page, "actions_title"), name, fill);
  await expect(part(page, "timeline_title").getByRole("listitem").last()).toContainText(name);
}

/** Decides about the reward, on the page of the case; `stands` is the state it is in afterwards. */
export async function decide(
  page: Page,
  name: string,
  stands: string,
  fill: (form: Locator) => Promise<void> = async () => {},
): Promise<void> {
  const reward = part(page, "reward_title");
  await confirmed(reward, name, fill);
  await expect(reward.getByText(stands, { exact: true })).toBeVisible();
}

async function confirmed(place: Locator, name: string, fill: (form: Locator) => Promise<void>): Promise<void> {
  await place.getByRole("button", { name, exact: true }).click();
  const form = place.getByRole("form", { name, exact: true });
  await fill(form);
  await form.getByRole("button", { name: zh("act_confirm", { action: name }) }).click();
  await expect(form).toHaveCount(0);
}

/** The proposal of a tier, every condition that facts leave open found met. */
export async function propose(page: Page, yuan: number): Promise<void> {
  await decide(page, "提出奖励", "奖励审核中", async (form) => {
    await form.getByLabel(zh("reward_tier_yuan")).fill(String(yuan));
    for (const met of await form.getByRole("radio", { name: "符合", exact: true }).all()) await met.check();
  });
}

/** From submitted to closed as true by one officer each, and the words that the reporter is told. */
export async function closeAsFounded(staff: Staff, pages: () => Promise<Page>, number: string): Promise<string> {
  const triage = await pages();
  await openCase(staff, triage, "triage", number);
  await act(triage, "受理");
  const told = "情况属实：露天焚烧已制止，依法立案。";
  await closeAccepted(staff, triage, pages, number, { evidence: "现场检查：露天焚烧，已扑灭，当事人已登记。", told });
  return told;
}

/** From accepted, on the page of who accepted it, to closed as true with what the reporter is told. */
export async function closeAccepted(
  staff: Staff,
  triage: Page,
  pages: () => Promise<Page>,
  number: string,
  words: { evidence: string; told: string },
): Promise<void> {
  await act(triage, "转办", async (form) => {
    await form.getByLabel(zh("act_department")).selectOption("enforcement");
  });
  const handler = await pages();
  await openCase(staff, handler, "handler", number);
  await act(handler, "开始办理");
  await act(handler, "补充证据", async (form) => {
    await form.getByLabel(zh("act_evidence")).fill(words.evidence);
  });
  const verifier = await pages();
  await openCase(staff, verifier, "verifier", number);
  await act(verifier, "办结", async (form) => {
    await form.getByRole("radio", { name: "属实", exact: true }).check();
    await form.getByLabel(zh("act_reason")).fill(words.told);
  });
  await expect(part(verifier, "timeline_title")).toContainText(words.told);
  await Promise.all([triage.close(), handler.close(), verifier.close()]);
}
