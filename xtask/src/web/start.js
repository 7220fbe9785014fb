// Runs after the first frame, so that the summary the server wrote is on screen before the program is fetched. A page
// opened in the background has no frames and need not wait.
const state = document.documentElement.dataset;
const plain = () => document.getElementById("without-program")?.removeAttribute("hidden");
const start = () => {
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
  else requestAnimationFrame(() => setTimeout(start));
} else {
  state.{name} = "unsupported";
  plain();
}
