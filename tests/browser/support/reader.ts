// What a reader does on any page: open it, wait until it is live, notice what goes wrong.
import { expect, type Page, type Request } from "@playwright/test";
import { say, type Lang } from "./words.ts";

export type Choice = Record<string, string | undefined>;

/** A relative address with the language and whatever else is chosen; Chinese is the default and not written. */
export function address(path: string, lang: Lang = "zh-CN", choice: Choice = {}): string {
  const query = new URLSearchParams();
  if (lang !== "zh-CN") query.set("lang", lang);
  for (const [name, value] of Object.entries(choice)) if (value !== undefined) query.set(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** The state of the connection as it is told in the header. */
export function connection(page: Page) {
  return page.getByRole("banner").getByRole("status");
}

/** Opens a page and waits until its numbers arrive live and its charts are drawn. */
export async function open(page: Page, path: string, lang: Lang = "zh-CN", choice: Choice = {}): Promise<void> {
  await page.goto(address(path, lang, choice));
  await live(page, lang);
}

export async function live(page: Page, lang: Lang = "zh-CN"): Promise<void> {
  await expect(connection(page)).toHaveText(say(lang, "connection_live"), { timeout: 15_000 });
  await expect(page.getByText(say(lang, "loading"), { exact: true })).toHaveCount(0);
  await expect(page.getByText(say(lang, "chart_loading"), { exact: true })).toHaveCount(0);
}

/** Everything that the browser complains of, and every request. */
export class Watch {
  readonly complaints: string[] = [];
  readonly requests: Request[] = [];

  constructor(page: Page) {
    page.on("request", (request) => this.requests.push(request));
    page.on("pageerror", (error) => this.complaints.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(`${message.type()}: ${message.text()}`);
    });
  }
}

/** How far the page is wider than the screen, in pixels. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
