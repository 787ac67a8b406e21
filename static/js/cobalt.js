// The form walks through its steps without leaving the page, and an answer never stands beside
// inputs it was not computed from.
"use strict";

(() => {
  const form = document.getElementById("picture");
  if (!form) return;
  const layout = document.getElementById("assessment");
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

  // Steps

  const steps = [...form.querySelectorAll(".step")].map((step) => step.dataset.step);

  const show = (step, focusOn) => {
    for (const section of form.querySelectorAll(".step")) section.hidden = section.dataset.step !== step;
    for (const button of document.querySelectorAll(".steps button")) {
      if (button.value === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    }
    form.elements.at.value = step;
    layout.dataset.at = step;
    const heading = document.getElementById(`heading-${step}`);
    document.title = `${heading.textContent} – Cobalt`;
    if (focusOn !== null) {
      (focusOn || heading).focus();
      if (!focusOn) window.scrollTo(0, 0);
    }
    if (step === steps.at(-1)) htmx.trigger(form, "refresh");
  };

  const go = (step) => {
    if (step !== form.elements.at.value) history.pushState({ step }, "");
    show(step);
  };

  history.replaceState({ step: form.elements.at.value }, "");
  window.addEventListener("popstate", (event) => {
    if (event.state?.step) show(event.state.step);
  });

  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (pressed?.name === "add" || pressed?.name === "read") return;
    event.preventDefault();
    if (document.activeElement?.hasAttribute("data-search")) {
      form.querySelector(`#found-${form.elements.at.value} :is(button, a)`)?.focus();
    } else if (pressed?.name === "step" && pressed.value !== form.elements.at.value) {
      go(pressed.value);
    } else {
      htmx.trigger(form, "refresh");
    }
  });

  // A link to a question leads there, in whichever step it stands.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const found = link && document.getElementById(link.hash.slice(1));
    const section = found?.closest(".step");
    if (!section) return;
    event.preventDefault();
    if (section.hidden) history.pushState({ step: section.dataset.step }, "");
    show(section.dataset.step, found.matches("fieldset") ? found.querySelector("input") : found);
  });

  // What was typed is kept in this page alone: leaving it would lose it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (inputs && link && !link.hash && !("anew" in link.dataset)) link.target = "_blank";
  });

  // Questions that were found by typing

  document.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (!target.classList.contains("rows")) return;
    const section = target.closest(".step");
    if (section.hidden) go(section.dataset.step);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target;
    if (!target?.classList.contains("rows")) return;
    const row = target.lastElementChild;
    for (const button of form.querySelectorAll(`.others button[value="${row.dataset.row}"]`)) {
      const others = button.closest(".others");
      button.closest("li").remove();
      others.querySelector(".count").textContent = others.querySelectorAll("li").length;
      others.hidden = !others.querySelector("li");
    }
    for (const search of form.querySelectorAll("[data-search]")) search.value = "";
    for (const found of form.querySelectorAll(".found")) found.replaceChildren();
    row.querySelector("input, select").focus();
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
