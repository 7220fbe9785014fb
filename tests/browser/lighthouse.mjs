// Lighthouse's mobile preset against the real server, beside the product's budgets: `node lighthouse.mjs`.
// Ends with 1 when a budget is missed.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { demonstration, FLAGS, percentile, required } from "./support/bilan.mjs";

const ROUTES = ["", "air/1424A", "water/A500107_0001", "report", "reports", "track", "rectification", "green", "scorecard", "programmes"];
const RUNS = Number(process.env.BILAN_RUNS ?? 3);

const METRICS = [
  ["performance", 98, (lhr) => 100 * lhr.categories.performance.score],
  ["accessibility", 100, (lhr) => 100 * lhr.categories.accessibility.score],
  ["best practices", 100, (lhr) => 100 * lhr.categories["best-practices"].score],
  ["SEO", 100, (lhr) => 100 * lhr.categories.seo.score],
  ["LCP s", -1.2, (lhr) => lhr.audits["largest-contentful-paint"].numericValue / 1000],
  ["TBT ms", -100, (lhr) => lhr.audits["total-blocking-time"].numericValue],
  ["CLS", -0.02, (lhr) => lhr.audits["cumulative-layout-shift"].numericValue],
];

const demo = await demonstration(60);
const chrome = await launch({ chromePath: required("BILAN_CHROMIUM"), chromeFlags: ["--headless=new", ...FLAGS], logLevel: "silent" });
let missed = 0;
try {
  for (const route of ROUTES) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { lhr } = await lighthouse(`${demo.url}${route}`, { port: chrome.port, logLevel: "silent" });
      runs.push(lhr);
    }
    console.log(`/${route}, median of ${RUNS}`);
    for (const [name, budget, read] of METRICS) {
      const value = percentile(runs.map(read), 0.5);
      const met = budget > 0 ? Math.round(value) >= budget : value <= -budget;
      missed += Number(!met);
      const sign = budget > 0 ? "≥" : "≤";
      console.log(`  ${name.padEnd(16)} ${value.toFixed(2).padStart(8)}   ${sign} ${Math.abs(budget)}   ${met ? "met" : "MISSED"}`);
    }
    faults(runs[0]);
  }
} finally {
  chrome.kill();
  await demo.end();
}
process.exitCode = missed > 0 ? 1 : 0;

/** What Lighthouse holds against a page outside of speed, with the elements. */
function faults(lhr) {
  const named = ["accessibility", "best-practices", "seo"].flatMap((key) => lhr.categories[key].auditRefs);
  for (const { id, weight } of named) {
    const audit = lhr.audits[id];
    if (weight === 0 || audit.score === null || audit.score >= 1) continue;
    const items = (audit.details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.description ?? item.source ?? "");
    console.log(`    ${id}: ${audit.title} ${items.join(" | ")}`);
  }
}
