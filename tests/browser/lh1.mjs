import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { demonstration, FLAGS, percentile, required } from "./support/bilan.mjs";
const demo = await demonstration(60);
const chrome = await launch({ chromePath: required("BILAN_CHROMIUM"), chromeFlags: ["--headless=new", ...FLAGS], logLevel: "silent" });
for (const route of process.argv.slice(2)) for (let i=0;i<Number(process.env.BILAN_RUNS??2);i++) {
  const { lhr } = await lighthouse(`${demo.url}${route}`, { port: chrome.port, logLevel: "silent" });
  const a = lhr.audits;
  console.log("/"+route, 100*lhr.categories.performance.score, "LCP", (a["largest-contentful-paint"].numericValue/1000).toFixed(2), "TBT", a["total-blocking-time"].numericValue.toFixed(0));
  const lcp = a["largest-contentful-paint-element"] ?? a["lcp-breakdown-insight"];
  console.log("   lcp", JSON.stringify(lcp?.details?.items?.map(i=>i.items?.[0]?.node?.snippet ?? i.snippet ?? i.node?.snippet ?? "" )).slice(0,300), JSON.stringify(lcp?.details?.items?.[1]?.items ?? lcp?.details?.items?.[0]?.items).slice(0,400));
  const tasks = (a["long-tasks"]?.details?.items??[]).filter(t=>t.duration>50).map(t=>`${t.startTime.toFixed(0)}+${t.duration.toFixed(0)}`);
  console.log("   tasks", tasks.join(" "));
}
chrome.kill(); await demo.end();
