// A phone without signal, two tabs, and a line that is cut: one report arrives, and the phone knows it.
import { expect, test, type Page } from "@playwright/test";
import { numberOf, outbox } from "./support/outbox.ts";
import { code, fill, journey, openForm, received, send } from "./support/report.ts";
import { say } from "./support/words.ts";

/** Everything of the page has come, and what is needed later too. */
async function prepared(page: Page): Promise<void> {
  await expect(page.getByText(say("zh-CN", "report_offline_ready"))).toBeVisible();
}

/** Counts the reports that the server has taken. */
function taken(page: Page): { ids: Set<string>; requests: number } {
  const count = { ids: new Set<string>(), requests: 0 };
  page.on("response", (response) => {
    const id = /api\/v1\/reports\/([0-9a-f-]{36})$/.exec(response.url())?.[1];
    if (id === undefined || response.request().method() !== "PUT") return;
    count.requests += 1;
    if (response.ok()) count.ids.add(id);
  });
  return count;
}

test("a report written without signal is sent when the phone is back online", async ({ context, page }) => {
  test.slow();
  const count = taken(page);
  await openForm(page);
  await prepared(page);
  await context.setOffline(true);
  await fill(page, "zh-CN", "溪边有刺鼻气味");
  await send(page);
  await expect(journey(page, "zh-CN", "journey_waiting").or(page.getByRole("status").filter({ hasText: "尚未送达" })).first()).toBeVisible();
  const shown = await code(page);
  expect(count.ids.size).toBe(0);

  await context.setOffline(false);
  await received(page);
  // The page has sent it, or the service worker, whose requests no test sees.
  expect((await outbox(page)).map(numberOf)).toEqual([expect.any(String)]);
  expect(await code(page)).toBe(shown);
});

test("a report that waits is sent by the next visit, on whatever page it begins", async ({ context, page }) => {
  test.slow();
  await openForm(page);
  await prepared(page);
  await context.setOffline(true);
  await fill(page, "zh-CN", "有人倾倒垃圾并焚烧");
  await send(page);
  await code(page);
  await page.close();
  await context.setOffline(false);

  const later = await context.newPage();
  await later.goto("about");
  await expect.poll(async () => (await outbox(later)).map(numberOf), { timeout: 30_000 }).toEqual([expect.any(String)]);
  await later.goto("report?step=sent");
  await received(later);
});

test("two tabs send one report once", async ({ context, page }) => {
  test.slow();
  await openForm(page);
  await prepared(page);
  await fill(page, "zh-CN", "两个标签页");
  await expect(page.getByText(say("zh-CN", "report_saved"))).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("button", { name: say("zh-CN", "report_send"), exact: true })).toBeVisible();
  const counts = [taken(page), taken(other)];
  await Promise.all([page, other].map((tab) => tab.getByRole("button", { name: say("zh-CN", "report_send"), exact: true }).click()));
  await received(page);
  await received(other);
  const ids = new Set(counts.flatMap((count) => [...count.ids]));
  expect(ids.size, "ids taken").toBe(1);
  expect(await code(page)).toBe(await code(other));
});

test.describe("sent by the page itself", () => {
  // A service worker's requests pass by the route below.
  test.use({ serviceWorkers: "block" });

  test("an answer that is lost on its way does not make a second report", async ({ page }) => {
    test.slow();
    const answers: string[] = [];
    let lost = 0;
    await page.route(/api\/v1\/reports\/[0-9a-f-]{36}$/, async (route) => {
      const response = await route.fetch();
      answers.push(await response.text());
      if (lost < 2) {
        lost += 1;
        await route.abort("connectionreset");
      } else {
        await route.fulfill({ response });
      }
    });
    await openForm(page);
    await fill(page, "zh-CN", "连接中断");
    await send(page);
    await page.goto("report");
    await page.getByRole("button", { name: say("zh-CN", "report_send_now") }).click();
    await received(page);
    expect(lost).toBe(2);
    const numbers = new Set(answers.map((answer) => JSON.parse(answer).public_id));
    expect(numbers.size, "numbers given for one report").toBe(1);
  });
});

test("ten drafts stay on the phone, each with its words", async ({ page }) => {
  test.slow();
  for (let number = 1; number <= 10; number += 1) {
    await page.goto("report");
    const fresh = page.getByRole("button", { name: say("zh-CN", "report_new") });
    await expect(fresh.or(page.getByLabel(say("zh-CN", "report_text"), { exact: true })).first()).toBeVisible();
    if (await fresh.isVisible()) await fresh.click();
    await page.getByLabel(say("zh-CN", "report_text"), { exact: true }).fill(`草稿 ${number}`);
    await expect(page.getByText(say("zh-CN", "report_saved"))).toBeVisible();
  }
  await page.goto("report");
  const drafts = page.getByRole("region", { name: say("zh-CN", "report_drafts") }).getByRole("listitem");
  await expect(drafts).toHaveCount(10);
  for (let number = 1; number <= 10; number += 1) {
    await expect(drafts.filter({ hasText: new RegExp(`草稿 ${number}$|草稿 ${number}\\D`) })).toHaveCount(1);
  }
});

test("the form starts without a connection after it was opened once", async ({ context, page }) => {
  test.slow();
  await openForm(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await prepared(page);
  await context.setOffline(true);
  await page.goto("report");
  await expect(page.getByRole("heading", { level: 1, name: say("zh-CN", "report_title") })).toBeVisible();
  await expect(page.getByLabel(say("zh-CN", "report_text"), { exact: true })).toBeVisible();
  await page.goto("track");
  await expect(page.getByLabel(say("zh-CN", "code"), { exact: true })).toBeVisible();
});
