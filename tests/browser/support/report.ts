// What a reporter does: fills in the form, sends it, comes back with the code.
import { expect, type Locator, type Page } from "@playwright/test";
import { photoWithPlace } from "./photo.ts";
import { address, live, type Choice } from "./reader.ts";
import { pattern, say, type Lang } from "./words.ts";

const KIND: Record<Lang, { group: string; category: string; answer: string }> = {
  "zh-CN": { group: "大气", category: "冒烟与露天焚烧", answer: "露天焚烧" },
  en: { group: "air", category: "Smoke and open burning", answer: "An open fire" },
};

/** Opens the form of the portal at `base`, where that is not the one of the suite. */
export async function openForm(page: Page, lang: Lang = "zh-CN", choice: Choice = {}, base = ""): Promise<void> {
  await page.goto(base + address("report", lang, choice));
  // Where something is kept on the phone, the page begins with that.
  const fresh = page.getByRole("button", { name: say(lang, "report_new") });
  await expect(fresh.or(heading(page, lang, "what"))).toBeVisible();
  if (await fresh.isVisible()) await fresh.click();
  await expect(heading(page, lang, "what")).toBeVisible();
}

export function heading(page: Page, lang: Lang, step: string): Locator {
  return page.getByRole("heading", { level: 2, name: new RegExp(say(lang, `report_step_${step}`)) });
}

export async function next(page: Page, lang: Lang, to: string): Promise<void> {
  await page.getByRole("button", { name: say(lang, "report_next") }).click();
  await expect(heading(page, lang, to)).toBeVisible();
}

/** The first step: kind, its required question, and words. */
export async function what(page: Page, lang: Lang, text: string): Promise<void> {
  const { group, category, answer } = KIND[lang];
  await page.getByRole("radio", { name: group, exact: true }).check();
  await page.getByRole("radio", { name: category, exact: true }).check();
  await page.getByLabel(say(lang, "report_text"), { exact: true }).fill(text);
  await page.getByRole("radio", { name: answer, exact: true }).check();
}

/** All steps to the button that sends, with an address and nothing else. */
export async function fill(page: Page, lang: Lang, text: string): Promise<void> {
  await what(page, lang, text);
  await next(page, lang, "where");
  await page.getByLabel(say(lang, "report_address"), { exact: true }).fill(lang === "en" ? "path along the stream" : "桃花溪步道");
  await next(page, lang, "evidence");
  await next(page, lang, "who");
  await next(page, lang, "preview");
}

export async function send(page: Page, lang: Lang = "zh-CN"): Promise<void> {
  await page.getByRole("button", { name: say(lang, "report_send"), exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: say(lang, "report_sent_title") })).toBeVisible();
}

/** The state of the report, as the page tells it. */
export function journey(page: Page, lang: Lang, key: "journey_waiting" | "journey_received" | "journey_sending"): Locator {
  return page.getByRole("status").filter({ hasText: pattern(lang, key) });
}

export async function received(page: Page, lang: Lang = "zh-CN"): Promise<void> {
  await expect(journey(page, lang, "journey_received")).toBeVisible({ timeout: 30_000 });
}

/** The claim code on the page. */
export async function code(page: Page, lang: Lang = "zh-CN"): Promise<string> {
  const field = page.getByLabel(say(lang, "code"), { exact: true });
  await expect(field).toHaveValue(/^JLP(-[0-9A-HJKMNP-TV-Z]{4}){5}-./);
  return field.inputValue();
}

export interface Written {
  text: string;
  /** Whether a drawn photo comes with it. */
  photo?: boolean;
  /** How its writer can be reached; without, nobody knows. */
  reach?: string;
}

/** The whole form to the receipt: the tracking number as people write it, and the claim code. */
export async function file(page: Page, lang: Lang, written: Written): Promise<{ number: string; claim: string }> {
  await openForm(page, lang);
  await what(page, lang, written.text);
  await next(page, lang, "where");
  await page.getByLabel(say(lang, "report_address"), { exact: true }).fill(lang === "en" ? "path along the stream" : "桃花溪步道");
  await next(page, lang, "evidence");
  if (written.photo) {
    await page.getByLabel(say(lang, "report_photos")).setInputFiles(await photoWithPlace(page));
    await expect(page.getByRole("img", { name: say(lang, "report_photo", { n: 1 }) })).toBeVisible({ timeout: 20_000 });
  }
  await next(page, lang, "who");
  if (written.reach) {
    await page.getByRole("radio", { name: say(lang, "report_named"), exact: true }).check();
    await page.getByLabel(say(lang, "report_reach"), { exact: true }).fill(written.reach);
    await page.getByRole("checkbox", { name: say(lang, "report_agree") }).check();
  }
  await next(page, lang, "preview");
  await send(page, lang);
  const claim = await code(page, lang);
  await received(page, lang);
  const number = /R[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.getByRole("main").innerText())?.[0] ?? "";
  expect(number, "the tracking number on the receipt").not.toBe("");
  await page.getByRole("button", { name: say(lang, "report_done"), exact: true }).click();
  return { number, claim };
}

/** The report as the tracking page tells it to who types the code. */
export async function track(page: Page, lang: Lang, claim: string, number: string): Promise<void> {
  await page.goto(address("track", lang));
  await live(page, lang);
  await page.getByLabel(say(lang, "code"), { exact: true }).fill(claim);
  await page.getByRole("button", { name: say(lang, "track_look"), exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 2, name: say(lang, "track_report", { number }) })).toBeVisible();
}
