// How long a chart of 10,000 points takes in the bundle that residents get: from the reply's text in hand to the
// pixels, and each step of the pointer over it. Run by `cargo xtask bench --only chart`.
import { chromium } from "playwright-core";
import { demonstration, FLAGS, percentile, required } from "../support/bilan.mjs";

const POINTS = 10_000;
const HOUR = 3_600;
const DRAWINGS = 30;
const STEPS = 400;
const BUDGET = { draw: 50, hover: 4 };

const demo = await demonstration(3);
const browser = await chromium.launch({
  executablePath: required("BILAN_CHROMIUM"),
  args: FLAGS,
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "zh-CN" });
  await page.addInitScript(clockOfReplies);
  await page.route("**/series?*", async (route) => {
    const asked = new URL(route.request().url()).searchParams.get("item");
    const reply = await (await route.fetch()).json();
    await route.fulfill({ json: long(reply, asked) });
  });
  await page.goto(`${demo.url}air/1424A?range=3y&step=hour`);
  const drawings = await drawn(page);
  const steps = await hovered(page);
  report([
    ["10,000 points: reply in hand to pixels", drawings, BUDGET.draw],
    ["10,000 points: one step of the pointer", steps, BUDGET.hover],
  ]);
} finally {
  await browser.close();
  await demo.end();
}

/** Notes in the page when the text of a history is in hand, before anything is made of it. */
function clockOfReplies() {
  const text = Response.prototype.text;
  Response.prototype.text = async function () {
    const body = await text.call(this);
    if (this.url.includes("/series?")) globalThis.inHand = performance.now();
    return body;
  };
}

/** The server's reply with 10,000 hours in it: a daily and a yearly rhythm, noise, and a gap now and then. */
function long(reply, item) {
  const to = Math.floor(Date.now() / 1000 / HOUR) * HOUR;
  const start_s = Array.from({ length: POINTS }, (_, at) => to - (POINTS - at) * HOUR);
  const seed = [...item].reduce((sum, sign) => sum + sign.charCodeAt(0), 0);
  const noise = (at) => ((Math.imul(at + seed, 2_654_435_761) >>> 8) % 1_000) / 1_000;
  const value = start_s.map((_, at) =>
    at % 997 < 5 ? null : Math.round(60 + 25 * Math.sin(at / 3.8) + 20 * Math.sin(at / 1_395) + 30 * noise(at)),
  );
  const zeroes = start_s.map(() => 0);
  return { ...reply, start_s, value, flag: zeroes, flags: ["normal"], quality: zeroes, band: zeroes, changes: [], thinned: false };
}

/** From the text in hand to the frame that shows it. */
async function drawn(page) {
  const figure = page.getByRole("figure").first();
  await figure.getByText(/10000/).waitFor({ timeout: 60_000 });
  const items = ["pm10", "o3", "no2", "so2", "pm2_5"];
  const times = [];
  for (let turn = 0; turn < DRAWINGS + 3; turn += 1) {
    const painted = figure.getByRole("application").evaluate(
      (stage) =>
        new Promise((resolve) => {
          const drawing = stage.querySelector("svg")?.parentElement ?? stage;
          const observer = new MutationObserver(() => {
            observer.disconnect();
            requestAnimationFrame(() => {
              const channel = new MessageChannel();
              channel.port1.onmessage = () => resolve(performance.now() - globalThis.inHand);
              channel.port2.postMessage(null);
            });
          });
          observer.observe(drawing, { childList: true, subtree: true });
        }),
    );
    await page.getByRole("combobox", { name: "项目" }).selectOption(items[turn % items.length]);
    const time = await painted;
    // The first turns compile.
    if (turn >= 3) times.push(time);
  }
  return times;
}

/**
 * From a pointer's event to the end of the frame that shows the point under it. The event comes as a frame begins, so that
 * the wait for the display's next one, which no flag of headless Chromium lifts, is not counted.
 */
async function hovered(page) {
  return page.getByRole("figure").first().getByRole("application").evaluate(async (stage, steps) => {
    const box = stage.getBoundingClientRect();
    const taken = (clientX) =>
      new Promise((resolve) =>
        requestAnimationFrame(() => {
          const began = performance.now();
          stage.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY: box.top + box.height / 2, pointerType: "mouse", pointerId: 1, bubbles: true }));
          const channel = new MessageChannel();
          // After this frame's style, layout and paint.
          channel.port1.onmessage = () => resolve(performance.now() - began);
          channel.port2.postMessage(null);
        }),
      );
    const times = [];
    // The points fill the right third of the three years.
    let readOut = "";
    for (let step = 0; step < steps + 20; step += 1) {
      const time = await taken(box.left + box.width * (0.65 + (0.3 * ((step * 37) % steps)) / steps));
      const now = stage.querySelector(".chart-tip")?.textContent ?? "";
      if (!/\d/.test(now) || now === readOut) throw new Error(`step ${step} read out nothing new: ${now}`);
      readOut = now;
      if (step >= 20) times.push(time);
    }
    return times;
  }, STEPS);
}

/** The table that `cargo xtask bench` reads. */
function report(rows) {
  console.log(`\n${"what".padEnd(62)} ${"measured".padStart(16)}   budget`);
  for (const [what, times, budget] of rows) {
    for (const [name, share, limit] of [["p50", 0.5, `≤ ${budget} ms`], ["p95", 0.95, ""]]) {
      const figure = `${percentile(times, share).toFixed(2)} ms`;
      console.log(`${`${what}, ${name}`.padEnd(62)} ${figure.padStart(16)}   ${limit}`);
    }
  }
  console.log();
}
