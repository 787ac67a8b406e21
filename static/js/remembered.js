// Units and guideline are chosen once: this browser keeps them for empty fields at the next visit. Never a value.
"use strict";

(() => {
  const form = document.getElementById("picture");
  const said = document.getElementById("remembered");
  if (!form || !said) return;
  const KEY = "cobalt.preferences";
  const MOST_NAMED = 4;

  // A browser may keep nothing for a page: then nothing is remembered, and nothing else changes.
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY)) ?? {};
      return { units: kept.units ?? {}, guideline: kept.guideline ?? "" };
    } catch {
      return { units: {}, guideline: "" };
    }
  };
  const keep = (preferences) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(preferences));
    } catch {
      // Private windows and full disks.
    }
  };

  const offers = (select, value) => [...select.options].some((one) => one.value === value);
  const isEmpty = (row) => [...row.querySelectorAll("input, .word")].every((control) => !control.value || control.type === "hidden");
  const wordOf = (select) => select.selectedOptions[0].label.trim();

  const applyUnit = (row, units) => {
    const unit = row.querySelector(".unit");
    const wanted = units[row.dataset.row];
    if (!unit || !wanted || !isEmpty(row) || !offers(unit, wanted)) return "";
    unit.value = unit.dataset.was = wanted;
    return `${row.querySelector("label").textContent.trim()} in ${wordOf(unit)}`;
  };

  const applyGuideline = (wanted) => {
    const select = form.elements.guideline;
    if (!wanted || "told" in form.dataset || !select || !offers(select, wanted)) return "";
    select.value = wanted;
    return `read by ${wordOf(select)}`;
  };

  const apply = () => {
    const { units, guideline } = read();
    const rows = [...form.querySelectorAll("[data-row]")];
    const names = [applyGuideline(guideline), ...rows.map((row) => applyUnit(row, units))].filter(Boolean);
    if (!names.length) return;
    const more = names.length - MOST_NAMED;
    const listed = names.slice(0, MOST_NAMED).join("; ") + (more > 0 ? `; and ${more} more` : "");
    said.querySelector("[data-says]").textContent = `As last chosen in this browser: ${listed}.`;
    said.hidden = false;
  };

  form.addEventListener("change", (event) => {
    const { target } = event;
    const preferences = read();
    if (target.matches(".unit") && target.value) preferences.units[target.closest("[data-row]").dataset.row] = target.value;
    else if (target.name === "guideline") preferences.guideline = target.value;
    else return;
    keep(preferences);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const { target } = event.detail;
    if (target?.classList.contains("rows") && target.lastElementChild) applyUnit(target.lastElementChild, read().units);
  });

  said.querySelector("[data-forget]").addEventListener("click", () => {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // There was nothing to forget.
    }
    said.querySelector("[data-says]").textContent = "Forgotten. What stands in this form stays as it is; the next one begins with the usual units.";
    said.querySelector("[data-forget]").remove();
    said.tabIndex = -1;
    said.focus();
  });

  apply();
})();
