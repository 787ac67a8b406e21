// Beneath each criterion stands what is wrong with it or what it says; words that are offered are put in where one types.
"use strict";

(() => {
  const place = (field) => {
    if (field.nextElementSibling?.classList.contains("criterion-says")) return;
    const says = document.createElement("div");
    says.className = "criterion-says";
    says.id = `${field.id}_says`;
    says.setAttribute("aria-live", "polite");
    field.after(says);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${says.id}`.trim());
  };

  const placeAll = (root) => {
    for (const field of root.querySelectorAll("textarea[data-criterion]")) if (!field.id.includes("__prefix__")) place(field);
  };

  placeAll(document);
  document.addEventListener("formset:added", (event) => {
    placeAll(event.target);
    htmx.process(event.target);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-insert]");
    if (!button) return;
    const field = button.closest(".criterion-says").previousElementSibling;
    const before = field.value.slice(0, field.selectionStart).replace(/[a-z][a-z0-9_]*(\s+is(\s+[a-z0-9_/]*)?)?$/i, "");
    field.value = before + button.dataset.insert + field.value.slice(field.selectionEnd);
    field.focus();
    field.selectionStart = field.selectionEnd = before.length + button.dataset.insert.length;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
