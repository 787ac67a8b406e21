// A presenter's keys: right and left arrow go to the next finding and back; focus stays where the hand is,
// and who listens is told the finding and the answer so far.
"use strict";

(() => {
  // Once what answers the buttons is ready, the keys are named.
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("presented-keys").hidden = false;
  });
  // A key that comes before the last finding has settled waits for it.
  let underWay = false;
  let waiting = null;
  const press = (button) => document.getElementById(button)?.click();
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("details, input, select, textarea")) return;
    const button = { ArrowRight: "present-next", ArrowLeft: "present-back" }[event.key];
    if (!button) return;
    if (underWay) waiting = button;
    else press(button);
  });
  for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failed, () => {
      underWay = false;
    });
  }

  let pressed = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    underWay = true;
    pressed = document.activeElement?.id || event.target.id;
  });
  document.addEventListener("htmx:afterSettle", () => {
    underWay = false;
    (document.getElementById(pressed) || document.querySelector("#presented .presented-steps :is(button, a)"))?.focus();
    const parts = [".presented-count", ".presented-last", "#report-headline strong"];
    const words = (part) => document.querySelector(`#presented ${part}`)?.textContent.replace(/\s+/g, " ").trim().replace(/:$/, "");
    document.getElementById("presented-says").textContent = parts.map(words).filter(Boolean).join(". ");
    // The address follows, so that a page loaded anew stands where it stood.
    history.replaceState(null, "", `?shown=${document.querySelector("#presented .presented-count").dataset.shown}`);
    if (waiting) press(waiting);
    waiting = null;
  });
})();
