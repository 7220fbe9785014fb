import { chromium } from "playwright";
import { demonstration, FLAGS } from "./support/bilan.mjs";
const demo = await demonstration(60);
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
for (const route of ["reports","green"]) for (const js of [false,true]) {
  const c = await b.newContext({ viewport: { width: 412, height: 823 }, javaScriptEnabled: js, locale: "en-US" });
  const p = await c.newPage(); await p.goto(demo.url+route); await p.waitForTimeout(js?3000:500);
  console.log(route, js, JSON.stringify(await p.evaluate(() => [...document.querySelectorAll("main p, main h1, main li, main dd, main caption")].filter(e=>e.getBoundingClientRect().top<823).map(e=>{const r=e.getBoundingClientRect(); const s=getComputedStyle(e); const g=document.createRange(); g.selectNodeContents(e); const t=g.getBoundingClientRect(); return [e.tagName+"."+e.className, t.width.toFixed(2)+"x"+t.height.toFixed(2), s.fontSize, s.lineHeight, s.textWrap, s.hyphens, s.fontFamily.slice(0,30), s.letterSpacing, s.maxWidth, e.textContent.slice(0,40), r.width.toFixed(2), r.top.toFixed(0)]}))));
}
await b.close(); await demo.end();
