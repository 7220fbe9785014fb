// Three hundred reports over lines that break at any byte: each arrives once, none is lost, and each phone knows its number.
import { expect, test, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { Cutter, dice } from "./support/cutter.ts";
import { AUDITOR, inbox } from "./support/inbox.ts";
import { addLike, numberOf, outbox, type Parcel } from "./support/outbox.ts";
import { photoWithPlace } from "./support/photo.ts";
import { Portal } from "./support/portal.ts";
import { fill, journey, next, openForm, received, send, what } from "./support/report.ts";
import { say } from "./support/words.ts";

const SEED = 20_261_127;
/** Of a hundred requests so many are cut somewhere. */
const PERCENT = 30;

/** Without a cut, so long until a phone's next mishap. */
const MOMENT_MS = 150;

/** What becomes of a phone while its reports are on their way. */
type Way = "left alone" | "button" | "signal comes and goes" | "reloaded" | "two tabs" | "tab closed" | "server killed";
const PHONES: [Way, number][] = [
  ["reloaded", 20],
  ["left alone", 10],
  ["tab closed", 30],
  ["two tabs", 70],
  ["signal comes and goes", 70],
  ["button", 70],
];
/** Alone at the end: while the server is down, all phones wait. */
const WITH_KILLS: [Way, number] = ["server killed", 30];

const CONFIGURATION = `
[reports]
enabled = true
controller = { zh = "某局", en = "A bureau" }
controller_contact = { zh = "12345", en = "12345" }

# All phones of this story have one address.
[reports.rates]
challenges_per_client = 2000
work = 4000
`;

/** Presses "send now" where it is: it goes with the last report, and the next round presses again. */
async function press(tab: Page): Promise<void> {
  const button = tab.getByRole("button", { name: say("zh-CN", "report_send_now") });
  await button.click({ timeout: 2_000 }).catch(() => undefined);
}

/** A phone, its line, and what was written on it. */
class Phone {
  readonly texts = new Map<string, string>();
  tabs: Page[] = [];
  mishaps = 0;
  /** Reports that waited at the last mishap that stopped the phone: each such number once, or nothing would ever arrive. */
  private stoppedAt = 0;

  private constructor(
    readonly way: Way,
    readonly line: Cutter,
    readonly context: BrowserContext,
    private readonly portal: Portal,
  ) {}

  /** A phone without signal that has so many reports to send, every fourth of them with a photo. */
  static async with(reports: number, way: Way, browser: Browser, portal: Portal, seed: number): Promise<Phone> {
    const line = await Cutter.to(Number(new URL(portal.url).port), dice(seed));
    const context = await browser.newContext({ baseURL: line.url });
    const phone = new Phone(way, line, context, portal);
    line.dead = true;
    const page = await context.newPage();
    const text = (number: number) => `${way}：第 ${number} 份`;
    await openForm(page);
    await what(page, "zh-CN", text(1));
    await next(page, "zh-CN", "where");
    await page.getByLabel(say("zh-CN", "report_address"), { exact: true }).fill("桃花溪步道");
    await next(page, "zh-CN", "evidence");
    await page.getByLabel(say("zh-CN", "report_photos")).setInputFiles(await photoWithPlace(page));
    await expect(page.getByRole("img", { name: say("zh-CN", "report_photo", { n: 1 }) })).toBeVisible({ timeout: 20_000 });
    await next(page, "zh-CN", "who");
    await next(page, "zh-CN", "preview");
    await page.getByRole("button", { name: say("zh-CN", "report_send"), exact: true }).click();
    await expect.poll(async () => (await outbox(page)).length, { message: "the form's report waits" }).toBe(1);
    const [sent] = await outbox(page);
    const others = Array.from({ length: reports - 1 }, (_, at) => ({ text: text(at + 2), photo: at % 4 === 0 }));
    for (const parcel of [sent!, ...(await addLike(page, sent!, others))]) phone.texts.set(parcel.id, parcel.submission!.text);
    phone.tabs = [page];
    return phone;
  }

  /** Sends everything, come what may; the reports as the phone knows them then. */
  async run(): Promise<Parcel[]> {
    this.line.dead = false;
    this.line.percent = PERCENT;
    if (this.way === "two tabs") this.tabs.push(await this.context.newPage());
    await Promise.all(this.tabs.map((tab) => this.open(tab)));
    for (;;) {
      const kept = await outbox(this.tabs[0]!);
      const waiting = kept.filter((parcel) => parcel.fate === "waiting").length;
      if (waiting === 0) return kept;
      await this.mishap(waiting);
    }
  }

  private get page(): "report" | "track" {
    return this.way === "button" || this.way === "two tabs" ? "report" : "track";
  }

  private async open(tab: Page): Promise<void> {
    await tab.goto(this.page);
  }

  private async mishap(waiting: number): Promise<void> {
    const tab = this.tabs[0]!;
    if (this.way === "left alone") {
      await this.line.cut(2 * MOMENT_MS);
    } else if (this.way === "button" || this.way === "two tabs") {
      await this.line.cut(MOMENT_MS);
      await Promise.all(this.tabs.map((tab) => press(tab)));
    } else if (this.way === "reloaded") {
      await this.line.cut(4 * MOMENT_MS);
      await tab.reload();
      this.mishaps += 1;
    } else if (this.way === "tab closed" && waiting % 3 === 0 && waiting !== this.stoppedAt) {
      await this.stopped(waiting, async () => {
        this.tabs = [await this.context.newPage()];
        await tab.close();
        await this.open(this.tabs[0]!);
      });
    } else if (this.way === "server killed" && waiting % 5 === 0 && waiting !== this.stoppedAt) {
      await this.stopped(waiting, async () => {
        await this.portal.down("SIGKILL");
        await this.portal.up();
      });
    } else {
      await this.line.cut(MOMENT_MS);
      await this.signalComes();
    }
  }

  /** Lets `mishap` happen when the server has stored a report and the phone has not heard of it. */
  private async stopped(waiting: number, mishap: () => Promise<void>): Promise<void> {
    let answered = false;
    const stored = this.line.holdAnswer().then(() => (answered = true));
    while (!answered) {
      await this.signalComes();
      await Promise.race([stored, this.line.cut(MOMENT_MS)]);
    }
    await mishap();
    this.mishaps += 1;
    this.stoppedAt = waiting;
  }

  private async signalComes(): Promise<void> {
    await this.context.setOffline(true);
    await this.context.setOffline(false);
  }

  async end(): Promise<void> {
    await this.context.close();
    await this.line.close();
  }
}

test("three hundred reports over lines that break arrive once each, and none is lost", async ({ browser }) => {
  test.setTimeout(300_000);
  const began = Date.now();
  const portal = await Portal.start({ more: CONFIGURATION, commands: [["keygen"], AUDITOR] });
  const written = new Map<string, string>();
  const numbers = new Map<string, string>();
  const cuts: Record<string, number> = {};
  const report = async ([way, reports]: [Way, number], at: number) => {
    const phone = await Phone.with(reports, way, browser, portal, SEED + at);
    const begins = Date.now();
    for (const parcel of await phone.run()) {
      const text = phone.texts.get(parcel.id) ?? "";
      written.set(parcel.id, text);
      expect(parcel.left_out, `photos of ${text}`).toEqual([]);
      expect(numbers.has(text), `${text} twice on the phone`).toBe(false);
      numbers.set(text, numberOf(parcel) ?? "");
    }
    expect(phone.texts.size, way).toBe(reports);
    for (const [what, count] of Object.entries(phone.line.cuts)) cuts[what] = (cuts[what] ?? 0) + count;
    const seconds = ((Date.now() - begins) / 1_000).toFixed(0);
    console.log(`${way}: ${reports} reports, ${phone.line.count} cuts, ${phone.mishaps} mishaps, ${seconds} s`);
    await phone.end();
  };
  try {
    const queue = PHONES.entries();
    const worker = async () => {
      for (const [at, phone] of queue) await report(phone, at);
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    await report(WITH_KILLS, PHONES.length);

    const cases = await inbox(portal.url, portal.printed[1] ?? "");
    const found = new Set(cases.map((one) => one.excerpt));
    const lost = [...written.values()].filter((text) => !found.has(text));
    const all = Object.values(cuts).reduce((sum, count) => sum + count, 0);
    console.log(Object.entries(cuts).sort().map(([what, count]) => `${count} ${what}`).join(", "));
    console.log(
      `${written.size} runs, ${all} cuts, ${cases.length} reports on the server, ` +
        `${cases.length - found.size} duplicates, ${lost.length} lost, ${((Date.now() - began) / 1_000).toFixed(0)} s`,
    );
    expect(all, "cuts").toBeGreaterThan(150);
    expect([written.size, cases.length, found.size, lost]).toEqual([300, 300, 300, []]);
    for (const one of cases) expect(numbers.get(one.excerpt), one.excerpt).toBe(one.public_id);
    expect(cases.filter((one) => one.photos === 1).length, "with a photo").toBeGreaterThan(70);
  } finally {
    await portal.end();
  }
});

test("an answer that stalls on its way is given up, and the report is received all the same", async ({ baseURL, page }) => {
  const line = await Cutter.to(Number(new URL(baseURL ?? "").port), dice(SEED));
  await page.clock.install();
  await openForm(page, "zh-CN", {}, line.url);
  await fill(page, "zh-CN", "线路没有断，也没有声音");
  const stalled = line.stallAnswer();
  await send(page);
  await stalled;
  await expect(journey(page, "zh-CN", "journey_sending")).toBeVisible();
  // As long as the longest body takes; then the next attempt.
  await page.clock.fastForward("01:01");
  await expect(journey(page, "zh-CN", "journey_sending")).toHaveCount(0);
  await page.clock.fastForward("00:05");
  await received(page);
  await line.close();
});

test("a line that falls silent while the phone sends unseen does not keep the others from sending", async ({ baseURL, context, page }) => {
  test.setTimeout(120_000);
  const line = await Cutter.to(Number(new URL(baseURL ?? "").port), dice(SEED));
  await openForm(page, "zh-CN", {}, line.url);
  await expect(page.getByText(say("zh-CN", "report_offline_ready"))).toBeVisible();
  const wake = await sync(context, line.url);
  line.dead = true;
  await fill(page, "zh-CN", "页面已经关闭");
  await send(page);
  await expect.poll(async () => (await outbox(page)).length).toBe(1);
  // Nobody but the service worker is left to send it.
  await page.goto("about:blank");
  line.dead = false;
  const stalled = line.stallAnswer();
  await wake();
  await stalled;
  const [worker] = context.serviceWorkers();
  const lock = (most_ms: number) =>
    worker!.evaluate(async (most_ms) => {
      const name = (await navigator.locks.query()).held?.[0]?.name ?? "";
      return navigator.locks.request(name, { signal: AbortSignal.timeout(most_ms) }, () => name);
    }, most_ms);
  await expect(lock(1_000), "it is being sent").rejects.toThrow();
  expect(await lock(30_000)).toContain("outbox");
  await wake();
  await page.goto(`${line.url}about`);
  await expect.poll(async () => (await outbox(page)).map(numberOf), { timeout: 30_000 }).toEqual([expect.any(String)]);
  await line.close();
});

/** Wakes the service worker of that place, as the browser does when a connection is back. */
async function sync(context: BrowserContext, url: string): Promise<() => Promise<void>> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const known = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === url);
      if (own) resolve(own.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await known;
  const event = { origin: new URL(url).origin, registrationId, tag: "bilan-outbox", lastChance: false };
  return async () => {
    await session.send("ServiceWorker.dispatchSyncEvent", event);
  };
}
