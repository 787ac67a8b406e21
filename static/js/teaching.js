// A presenter's keys: right and left arrow go to the next finding and back; focus stays where the hand is.
"use strict";

(() => {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("details, input, select, textarea")) return;
    const button = { ArrowRight: "present-next", ArrowLeft: "present-back" }[event.key];
    if (button) document.getElementById(button)?.click();
  });

  let pressed = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    pressed = document.activeElement?.id || event.target.id;
  });
  document.addEventListener("htmx:afterSettle", () => {
    (document.getElementById(pressed) || document.querySelector("#presented .presented-steps :is(button, a)"))?.focus();
  });
})();
