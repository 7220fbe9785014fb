// How long a filter of the whole ledger takes: from the choice to the list laid out anew, in the bundle that residents
// get. Run by `cargo xtask bench --only chart`.
import { chromium } from "playwright-core";
import { demonstration, FLAGS, percentile, required } from "../support/bilan.mjs";

const ROUNDS = 10;
const STATES = ["closed", "", "behind", "", "publicity", ""];
const BUDGET = 50;

const demo = await demonstration(3);
const browser = await chromium.launch({ executablePath: required("BILAN_CHROMIUM"), args: FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "zh-CN" });
  await page.goto(`${demo.url}rectification?lang=zh-CN`);
  const select = page.getByRole("combobox", { name: "状态", exact: true });
  await select.waitFor();
  const issues = (await (await fetch(`${demo.url}api/v1/rectification`)).json()).items.length;
  const times = [];
  for (const value of Array(ROUNDS).fill(STATES).flat()) times.push(await select.evaluate(filtered, value));
  const figure = `${percentile(times, 0.5).toFixed(2)} ms`;
  console.log(`\n${"what".padEnd(62)} ${"measured".padStart(16)}   budget`);
  console.log(`${`${issues.toLocaleString("en")} issues: a filter chosen to the list laid out, p50`.padEnd(62)} ${figure.padStart(16)}   ≤ ${BUDGET} ms\n`);
} finally {
  await browser.close();
  await demo.end();
}

function filtered(select, value) {
  return new Promise((resolve) => {
    const start = performance.now();
    const seen = new MutationObserver(() => {
      seen.disconnect();
      // With the layout of what was shown, as the reader waits for it too.
      document.body.getBoundingClientRect();
      resolve(performance.now() - start);
    });
    seen.observe(document.querySelector("ul.issues"), { childList: true, subtree: true });
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
