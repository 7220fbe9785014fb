// Runs once the summary that the server wrote is on screen, so that it can be read before the program is fetched. A page
// in the background has no frames, one without a summary nothing to read, and a browser that keeps its timings to itself
// does not tell.
const state = document.documentElement.dataset;
const plain = () => document.getElementById("without-program")?.removeAttribute("hidden");
let started = false;
const start = () => {
  if (started) return;
  started = true;
  const program = fetch("{wasm}", { integrity: "{wasm_integrity}" });
  program.catch(() => {});
  import("./{script}").then((application) => application.start(program)).catch((cause) => {
    state.{name} = "failed";
    plain();
    console.error(cause);
  });
};
if (typeof WebAssembly === "object") {
  const readable = document.querySelector("#summary > :not(noscript, [hidden])");
  if (document.visibilityState === "hidden" || !readable) start();
  else {
    setTimeout(start, 1000);
    const painted = (seen) => seen.getEntriesByName("first-contentful-paint").length > 0 && start();
    if (window.PerformanceObserver) new PerformanceObserver(painted).observe({ type: "paint", buffered: true });
  }
} else {
  state.{name} = "unsupported";
  plain();
}
