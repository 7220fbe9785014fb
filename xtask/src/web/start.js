// Runs once the first frame is on screen, so that the summary the server wrote can be read before the program is fetched.
// A page in the background has no frames, and a browser that keeps its timings to itself does not tell of them.
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
  if (document.visibilityState === "hidden") start();
  else {
    setTimeout(start, 1000);
    if (window.PerformanceObserver) new PerformanceObserver(start).observe({ type: "paint", buffered: true });
  }
} else {
  state.{name} = "unsupported";
  plain();
}
