// Runs after the first frame, so that the summary the server wrote is on screen before the program is fetched. A page
// opened in the background has no frames and need not wait.
const start = () => {
  const program = fetch("{wasm}", { integrity: "{wasm_integrity}" });
  program.catch(() => {});
  const state = document.documentElement.dataset;
  import("./{script}").then((portal) => portal.start(program)).then(() => {
    state.portal = "started";
  }).catch((cause) => {
    state.portal = "failed";
    console.error(cause);
  });
};
if (typeof WebAssembly === "object") {
  if (document.visibilityState === "hidden") start();
  else requestAnimationFrame(() => setTimeout(start));
}
