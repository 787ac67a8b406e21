// The answer as its reader left it: what is folded stays folded, and what cannot be had here stays off the list.
// What is kept in the browser are the reader's own choices; nothing in it comes from a patient.
"use strict";

(() => {
  const form = document.getElementById("picture");

  const kept = (key, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  const keep = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Private windows and full disks: then it lasts as long as the page.
    }
  };

  // Folds

  const FOLDS = "cobalt.folds";
  const folds = kept(FOLDS, {});
  const unfolded = new Map();  // lines about a condition or a test: never kept beyond the page

  const fold = (within) => {
    for (const part of within.querySelectorAll("details[data-fold]")) {
      const open = folds[part.dataset.fold];
      if (typeof open === "boolean") part.open = open;
    }
    for (const part of within.querySelectorAll("details[data-unfolded]")) {
      const open = unfolded.get(part.dataset.unfolded);
      if (open !== undefined) part.open = open;
    }
  };

  document.addEventListener("click", (event) => {
    const part = event.target.closest?.("#report summary")?.parentElement;
    if (!part) return;
    const { fold: key, unfolded: line } = part.dataset;
    if (key) {
      folds[key] = !part.open;
      keep(FOLDS, folds);
    } else if (line) {
      unfolded.set(line, !part.open);
    }
  });

  fold(document);
  if (!form) return;

  // Investigations that cannot be had here

  const CHOICE = "cobalt.not_available";
  const fields = document.getElementById("not-available");
  const marked = () => [...fields.querySelectorAll("input")].map((field) => field.value);

  const mark = (slugs) => {
    fields.replaceChildren(...[...new Set(slugs)].map((slug) => {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "not_available", value: slug });
      field.setAttribute("form", form.id);
      return field;
    }));
  };

  let focusNext = "";

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.('#report button:is([name="not_available"], [name="available"])');
    if (!button) return;
    event.preventDefault();
    const others = marked().filter((slug) => slug !== button.value);
    const slugs = button.name === "not_available" ? [...others, button.value] : others;
    mark(slugs);
    keep(CHOICE, slugs);
    focusNext = button.name === "not_available" ? "report-lacking" : "report-next";
    htmx.trigger(form, "refresh");
  });

  document.addEventListener("htmx:afterSwap", () => {
    const report = document.getElementById("report");
    if (report) fold(report);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "report" || !focusNext) return;
    document.getElementById(focusNext)?.focus();
    focusNext = "";
  });

  const remembered = kept(CHOICE, []);
  if (Array.isArray(remembered) && remembered.length) {
    const before = marked();
    mark([...before, ...remembered.map(String)]);
    const changed = marked().length !== before.length;
    if (changed && document.getElementById("report-headline")) window.addEventListener("load", () => htmx.trigger(form, "refresh"));
  }
})();
