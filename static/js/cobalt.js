// What every page with the form does: an answer never stands beside inputs it was not computed from, a number keeps
// its unit, and nothing that was typed is lost by following a link.
"use strict";

(() => {
  const form = document.getElementById("picture");
  if (!form) return;
  const report = () => document.getElementById("report");

  // Answers

  // Said by screen readers; on a phone, where the answer stands below the form, shown as a line that leads to it.
  const announce = (text) => {
    const [said, bar] = ["announcement", "answer-bar"].map((id) => document.getElementById(id));
    if (text && said.textContent !== text) said.textContent = text;
    bar.firstElementChild.textContent = text || "";
    bar.hidden = !text;
  };

  const clearNote = (row) => {
    const note = row.querySelector(".says");
    if (note) {
      note.textContent = "";
      delete note.dataset.kind;
      delete note.dataset.unit;
    }
    row.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
  };

  const showNote = (note) => {
    const row = note.closest("[data-row]");
    if (!row || note.dataset.kind !== "error") return;
    const part = note.dataset.part;
    const name = row.dataset.row + (part ? `-${part}` : "");
    row.querySelector(`[name="${name}"]`)?.setAttribute("aria-invalid", "true");
  };

  const withdraw = () => {
    report().replaceWith(document.getElementById("failed").content.firstElementChild.cloneNode(true));
    announce(report().dataset.announce);
  };

  let inputs = "told" in form.dataset ? 1 : 0;

  form.addEventListener("input", (event) => {
    if (event.target.hasAttribute("data-search")) return;
    inputs += 1;
    document.getElementById("new-tabs").hidden = false;
    report().dataset.stale = "";
    report().inert = true;
    document.getElementById("answer-bar").firstElementChild.textContent = "Being worked out for what you just changed…";
    const row = event.target.closest("[data-row]");
    if (row) clearNote(row);
  });

  document.addEventListener("htmx:beforeSend", (event) => {
    event.detail.xhr.inputs = inputs;
  });

  // What was worked out from earlier inputs is not shown, the answer to these is on its way; nor what is no answer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (target.id !== "report") return;
    const isAnswer = xhr.responseText.includes('id="report"');
    if (!isAnswer || xhr.inputs !== inputs) event.detail.shouldSwap = false;
    if (!isAnswer && xhr.status < 300) withdraw();
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "report") {
      document.querySelectorAll(".says[data-kind]").forEach(showNote);
      const headline = document.getElementById("report-headline");
      announce(report().dataset.announce || headline?.textContent.replace(/\s+/g, " ").trim());
    }
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout", "htmx:swapError"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.target?.id === "report") withdraw();
    });
  }

  // Numbers and their units

  // What cannot be an amount yet: the answer to what stood there before goes at once, without waiting to be told.
  const cannotBeRead = (row) => {
    const [value, unit] = [".value", ".unit"].map((part) => row?.querySelector(part));
    const typed = value?.value.trim();
    if (!typed || !unit || /\p{L}/u.test(typed)) return false;
    return !unit.value || !/^[<>≤≥=\s]*[\d.,\s]*\d$/.test(typed);
  };

  form.addEventListener("input", (event) => {
    if (cannotBeRead(event.target.closest?.("[data-row]"))) report().dataset.unread = "";
  });

  const plain = (unit) => unit.toLowerCase().replace(/[µμ]/g, "u").replace(/[\s×^*]/g, "");
  const option = (select, unit) => [...select.options].find((one) => one.value && [one.value, one.label].some((said) => plain(said) === plain(unit)));

  // A unit typed with its number goes to the place of units. The server reads both alike.
  const moveUnit = (row) => {
    const [value, unit, note] = [".value", ".unit", ".says"].map((part) => row.querySelector(part));
    const typed = unit && value.value.trim().match(/^([<>≤≥=\s]*[\d.,]+)\s*([^\d.,\s].*|10\D.*)$/);
    const meant = typed && (option(unit, typed[2]) || [...unit.options].find((one) => one.value && one.value === note.dataset.unit));
    if (!meant) return;
    value.value = typed[1];
    unit.value = unit.dataset.was = meant.value;
    unit.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const setWas = (row) => {
    const unit = row.querySelector?.(".unit");
    if (unit) unit.dataset.was = unit.value;
  };
  document.querySelectorAll("[data-row]").forEach(setWas);

  // Another unit beside the same number says that the unit was wrong: both readings are named.
  const nameBoth = (row, unit) => {
    row.querySelector(".unit-was")?.remove();
    const value = row.querySelector(".value").value.trim();
    const before = unit.dataset.was;
    unit.dataset.was = unit.value;
    if (!value || !before || !unit.value || before === unit.value) return;
    const said = document.getElementById("unit-was").content.firstElementChild.cloneNode(true);
    const inWords = (code) => `${value} ${[...unit.options].find((one) => one.value === code)?.label ?? code}`;
    said.querySelector("[data-now]").textContent = inWords(unit.value);
    said.querySelector("[data-before]").textContent = inWords(before);
    row.append(said);
  };

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.target.matches(".unit")) nameBoth(row, event.target);
    else if (event.target.matches(".value")) moveUnit(row);
  });

  form.addEventListener("input", (event) => {
    if (event.target.matches(".value")) event.target.closest("[data-row]").querySelector(".unit-was")?.remove();
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const { target } = event.detail;
    if (target?.classList.contains("rows")) setWas(target.lastElementChild);
    if (target?.id !== "report") return;
    for (const note of form.querySelectorAll(".says[data-unit]")) {
      const row = note.closest("[data-row]");
      if (!row.contains(document.activeElement)) moveUnit(row);
    }
  });

  // What was typed is kept in this page alone: leaving it would lose it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (inputs && link && !link.hash && !("anew" in link.dataset)) link.target = "_blank";
  });

  // Of a note that is pasted, only the line that Cobalt wrote is kept here and sent: a record names its patient.
  const earlier = document.getElementById("id-earlier");
  const line = /\bcobalt\d{1,4}\s[^#]{1,20000}(#(?:[\s>]*[0-9a-f]){8})?/gi;
  const begins = /^cobalt\d{1,4}\s/i;
  earlier?.addEventListener("input", (event) => {
    event.stopPropagation();
  });
  earlier?.form.addEventListener("submit", () => {
    earlier.value = [...earlier.value.matchAll(line)].map((found) => found[1] ? found[0] : found[0].match(begins)[0]).join("\n");
  }, { capture: true });

  // Texts for the record

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      return true;
    } catch {
      for (let part = text.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
      getSelection().selectAllChildren(text);
      return false;
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const said = button.closest(".report-record").querySelector(".report-copied");
    said.textContent = "";
    const copied = await copy(document.getElementById(button.dataset.copy));
    const what = button.textContent.trim().replace(/^Copy /, "");
    said.textContent = copied ? `Copied: ${what}.` : "This browser does not let pages copy. The text is selected: the copy key copies it.";
  });
})();
