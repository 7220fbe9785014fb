// Inside a widget's frame: says how high the content is, follows the theme its host asks for, and fetches the widget
// again every minute. Without it everything is readable as it came.
(function () {
  "use strict";
  var root = document.documentElement;
  var main = document.querySelector("main");
  var framed = window.parent !== window;
  var id = "", sent = 0, due = false, began = performance.now();

  function tell() {
    if (due || !framed) return;
    due = true;
    requestAnimationFrame(function () {
      due = false;
      var h = Math.min(5000, Math.max(40, Math.ceil(root.getBoundingClientRect().height)));
      if (h === sent) return;
      sent = h;
      // A height is no secret, and whose page this is nobody here can know.
      window.parent.postMessage({ type: "bilan:height", v: 1, id: id, h: h }, "*");
    });
  }

  function named() {
    var found = /^#id=([A-Za-z0-9]{1,64})$/.exec(location.hash);
    id = found ? found[1] : "";
    sent = 0;
    tell();
  }

  // Counted from when the widget came, not by a clock that may be wrong.
  function grownOld() {
    var seconds = Number(main.dataset.staleIn);
    if (!seconds || (performance.now() - began) / 1000 < seconds) return;
    main.classList.add("old");
    var mark = document.getElementById("stale");
    if (mark) mark.hidden = false;
    tell();
  }

  function renewed(text) {
    var next = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!next) return;
    began = performance.now();
    if (main.querySelector("details[open]")) {
      var details = next.querySelector("details");
      if (details) details.open = true;
    }
    // Who reads here with the keyboard keeps the place.
    if (main.contains(document.activeElement) || next.isEqualNode(main)) return;
    next = document.importNode(next, true);
    main.replaceWith(next);
    main = next;
    tell();
  }

  function renew() {
    if (document.hidden) return;
    fetch(location.href.split("#")[0], { credentials: "omit", cache: "no-cache" })
      .then(function (answer) { return answer.ok ? answer.text().then(renewed) : undefined; })
      .catch(function () { /* What is shown stays, and grows old. */ })
      .then(grownOld);
  }

  addEventListener("message", function (event) {
    if (!framed || event.source !== window.parent || !event.data || event.data.type !== "bilan:theme") return;
    var theme = event.data.theme;
    if (theme === "light" || theme === "dark" || theme === "auto") root.dataset.theme = theme;
  });
  addEventListener("hashchange", named);
  new ResizeObserver(tell).observe(document.body);
  named();
  if (root.dataset.live !== undefined) {
    setInterval(renew, 60000);
    document.addEventListener("visibilitychange", renew);
  }
})();
