// The page that offers widgets: shows each choice at once, copies, and gives the preview its height. Without it the
// form's button does the same.
(function () {
  "use strict";
  var form = document.getElementById("builder");
  var asked = 0;

  function address() {
    var query = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { if (value) query.append(name, String(value)); });
    return form.action.split("?")[0] + "?" + query.toString();
  }

  /** The result of the newest choice; an answer that was overtaken is left. */
  function show() {
    var turn = ++asked, url = address();
    fetch(url, { credentials: "omit" })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(new Error()); })
      .then(function (text) {
        if (turn !== asked) return;
        var next = new DOMParser().parseFromString(text, "text/html").getElementById("result");
        document.getElementById("result").replaceWith(document.importNode(next, true));
        history.replaceState(null, "", url);
        ready();
      })
      .catch(function () { if (turn === asked) form.submit(); });
  }

  function ready() {
    document.querySelectorAll(".copy").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { copy(button); });
    });
  }

  function copy(button) {
    var text = document.getElementById(button.dataset.for), label = button.textContent;
    text.select();
    // Where the clipboard is not given, the text stays selected for the keyboard.
    var done = navigator.clipboard ? navigator.clipboard.writeText(text.value) : Promise.reject(new Error());
    done.then(function () {
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = label; }, 3000);
    }, function () { text.focus(); });
  }

  addEventListener("message", function (event) {
    var frame = document.querySelector(".preview iframe"), data = event.data;
    if (!frame || event.source !== frame.contentWindow || event.origin !== "null") return;
    if (!data || data.type !== "bilan:height" || !Number.isInteger(data.h) || data.h < 40 || data.h > 5000) return;
    frame.style.height = data.h + "px";
  });
  form.addEventListener("change", show);
  ready();
})();
