import { chromium } from "playwright";
import { demonstration, FLAGS } from "./support/bilan.mjs";
const demo = await demonstration(60);
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
for (const route of process.argv.slice(2)) for (let k=0;k<2;k++) {
  const c = await b.newContext({ viewport: { width: 412, height: 823 }, deviceScaleFactor:1.75, isMobile:true, locale: "en-US" });
  const p = await c.newPage(); const cdp = await c.newCDPSession(p);
  await cdp.send("Emulation.setCPUThrottlingRate",{rate:4});
  const ev=[]; cdp.on("Tracing.dataCollected",d=>ev.push(...d.value));
  await cdp.send("Tracing.start",{transferMode:"ReportEvents",traceConfig:{includedCategories:["devtools.timeline","toplevel","v8","disabled-by-default-v8.compile","disabled-by-default-devtools.timeline","v8.wasm","disabled-by-default-v8.wasm.detailed"]}});
  await p.goto(demo.url+route,{waitUntil:"load"}); await p.waitForTimeout(5000);
  const done=new Promise(r=>cdp.once("Tracing.tracingComplete",r)); await cdp.send("Tracing.end"); await done;
  const main = ev.filter(e=>e.name==="thread_name"&&e.args.name==="CrRendererMain").map(e=>e.pid+":"+e.tid);
  const counts={}; ev.forEach(e=>{const k=e.pid+":"+e.tid; if(main.includes(k)&&e.ph==="X"&&e.name==="RunTask")counts[k]=(counts[k]??0)+e.dur});
  const th=Object.entries(counts).sort((a,b)=>b[1]-a[1])[0][0];
  const xs=ev.filter(e=>e.pid+":"+e.tid===th&&e.ph==="X"); const t0=Math.min(...xs.map(e=>e.ts));
  const tasks=xs.filter(e=>e.name==="RunTask"||e.name==="ThreadControllerImpl::RunTask").filter(e=>e.dur>45000).sort((a,b)=>a.ts-b.ts);
  console.log("##",route, "tbt~", tasks.filter(t=>t.name==="RunTask").reduce((s,t)=>s+Math.max(0,t.dur-50000)/1000,0).toFixed(0));
  for(const t of tasks.filter(t=>t.name===(tasks.some(x=>x.name==="RunTask")?"RunTask":"ThreadControllerImpl::RunTask"))){
    const inside=xs.filter(e=>e!==t&&e.ts>=t.ts&&e.ts+e.dur<=t.ts+t.dur&&e.dur>4000&&!/RunTask/.test(e.name)).sort((a,b)=>a.ts-b.ts);
    console.log(" task",((t.ts-t0)/1000).toFixed(0),"+",(t.dur/1000).toFixed(0)); for(const e of inside.slice(0,14)) console.log("     ",e.name,(e.dur/1000).toFixed(0), (e.args?.data?.functionName??"")+" "+(e.args?.data?.url??"").slice(-40)+" "+(e.args?.data?.lineNumber??""), e.name.includes("Layout")?JSON.stringify(e.args?.beginData??e.args?.elementCount??"").slice(0,80):"");
  }
  await c.close();
}
await b.close(); await demo.end();
