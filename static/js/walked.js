// The form walks through its steps without leaving the page.
"use strict";

(() => {
  const form = document.getElementById("picture");
  if (!form) return;
  const layout = document.getElementById("assessment");

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
    if (["add", "read"].includes(pressed?.name)) return;
    if (pressed?.hasAttribute("formaction") && pressed.formAction !== form.action) return;
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
})();
