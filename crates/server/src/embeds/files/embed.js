// On the page of who embeds: gives frames of the portal the height of their content, and defines <bilan-widget>.
// Leaves nothing behind but that element; takes messages only from frames it knows.
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script || !script.src) return;
  var base = new URL("./", script.src);
  /** Least widths and the heights to keep free, by kind; elder size apart. */
  var RESERVES = /*reserves*/{};
  var OPTIONS = ["lang", "theme", "size", "range", "pollutant", "standard", "group"];
  var KINDS = ["air-now", "water", "rectification", "green", "scorecard", "report"];
  var SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
  var known = [];

  function random() {
    var words = crypto.getRandomValues(new Uint32Array(4));
    return Array.from(words, function (word) { return word.toString(36); }).join("");
  }

  function isOpaque(frame) {
    return frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
  }

  function forget(frame) {
    known = known.filter(function (entry) { return entry.frame !== frame; });
  }

  addEventListener("message", function (event) {
    var data = event.data;
    if (!data || data.type !== "bilan:height" || data.v !== 1) return;
    if (!Number.isInteger(data.h) || data.h < 40 || data.h > 5000) return;
    var entry = known.find(function (entry) { return entry.frame.contentWindow === event.source; });
    if (!entry || data.id !== entry.id) return;
    if (event.origin !== (isOpaque(entry.frame) ? "null" : base.origin)) return;
    entry.fit(data.h);
  });

  /** Frames that stand in the page already. What is kept free below them stays free, so that nothing moves. */
  function adopt(frame) {
    var url = new URL(frame.src, document.baseURI);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname + "embed/")) return;
    if (known.some(function (entry) { return entry.frame === frame; })) return;
    var reserved = frame.clientHeight, id = random();
    known = known.filter(function (entry) { return entry.frame.isConnected; });
    known.push({ frame: frame, id: id, fit: function (h) {
      frame.style.boxSizing = "content-box";
      frame.style.aspectRatio = "auto";
      frame.style.height = h + "px";
      frame.style.marginBlockEnd = Math.max(0, reserved - h) + "px";
    } });
    url.hash = "id=" + id;
    // Once it stands: while its first address is on the way, a second one can end with neither. Named twice it only
    // hears its name again.
    function name() { frame.src = url.href; }
    frame.addEventListener("load", name, { once: true });
    if (document.readyState === "complete") name();
    else addEventListener("load", name, { once: true });
  }

  function adoptAll() {
    document.querySelectorAll("iframe[src]").forEach(adopt);
  }

  function reserved(kind, elder, width) {
    var steps = (RESERVES[kind] || {})[elder ? "elder" : "normal"] || [];
    var fitting = steps.filter(function (step) { return step[0] <= width; });
    var step = fitting[fitting.length - 1] || steps[0];
    return step ? step[1] : 320;
  }

  class Widget extends HTMLElement {
    static observedAttributes = OPTIONS.concat(["kind", "station", "section", "day"]);
    connectedCallback() { draw(this); }
    disconnectedCallback() { forget(this.shown); }
    attributeChangedCallback() { if (this.isConnected) draw(this); }
  }

  /** Address and kind that an element's attributes ask for. */
  function wanted(element) {
    var station = element.getAttribute("station"), section = element.getAttribute("section");
    var kind = station ? "station" : section ? "section" : element.getAttribute("kind") || "air-now";
    var code = station || section;
    if (!code && KINDS.indexOf(kind) < 0) kind = "air-now";
    var day = element.getAttribute("day"), past = /^\d{4}-\d{2}-\d{2}$/.test(day || "") ? "@" + day + "/" : "";
    var url = new URL("embed/" + past + kind + (code ? "/" + encodeURIComponent(code) : ""), base);
    OPTIONS.forEach(function (name) {
      var value = element.getAttribute(name);
      if (value) url.searchParams.set(name, value);
    });
    return { url: url, kind: kind };
  }

  /** A frame in a shadow tree; what stands in the element is shown until the frame has spoken, and for good if it never does. */
  function draw(element) {
    var wish = wanted(element);
    var root = element.shadowRoot || element.attachShadow({ mode: "open" });
    forget(element.shown);
    var frame = document.createElement("iframe"), slot = document.createElement("slot");
    var id = random(), width = element.parentElement ? element.parentElement.clientWidth : 0;
    Object.assign(element.style, { display: "block", position: "relative", direction: "ltr" });
    element.style.minBlockSize = reserved(wish.kind, element.getAttribute("size") === "elder", width) + "px";
    wish.url.hash = "id=" + id;
    frame.title = element.getAttribute("title") || element.textContent.trim().slice(0, 80) || "Bilan";
    frame.setAttribute("sandbox", SANDBOX);
    frame.setAttribute("loading", "lazy");
    frame.referrerPolicy = "no-referrer";
    // Not `visibility`: a browser lets a hidden frame of another origin draw nothing, and it would never speak.
    frame.inert = true;
    Object.assign(frame.style, { position: "absolute", inset: "0", width: "100%", height: "100%", border: "0", opacity: "0", pointerEvents: "none" });
    known.push({ frame: frame, id: id, fit: function (h) {
      slot.hidden = true;
      frame.inert = false;
      Object.assign(frame.style, { position: "static", display: "block", height: h + "px", opacity: "1", pointerEvents: "auto" });
    } });
    frame.src = wish.url.href;
    element.shown = frame;
    root.replaceChildren(slot, frame);
  }

  if (!customElements.get("bilan-widget")) customElements.define("bilan-widget", Widget);
  adoptAll();
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", adoptAll);
})();
