/* Small comforts; every page works without this file. */
(function () {
  "use strict";
  var field = document.querySelector("[data-search]");
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.key === "Escape") {
      var open = at.closest && at.closest("details.me[open],details.menu[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !field) { return; }
    if (document.body.dataset.searchKey === "off") { return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable) { return; }
    if (!field.offsetParent) { return; }
    event.preventDefault();
    field.focus();
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.me[open],details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-submit-on-change")) { form.requestSubmit(); }
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
}());
