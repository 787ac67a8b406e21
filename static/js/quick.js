// The quick page by keyboard: Enter leads from value to value, and one search adds what is typed.
"use strict";

(() => {
  const form = document.getElementById("picture");
  const search = document.getElementById("find-anywhere");
  if (!form || !search) return;
  const list = () => document.getElementById("found-anywhere");
  const added = document.getElementById("rows-added");
  const said = document.getElementById("was-added");
  const counted = document.getElementById("found-count");

  // What is submitted here asks for the answer; what leads elsewhere takes everything along.
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (["add", "present", "absent", "read"].includes(pressed?.name)) return;
    if (pressed?.hasAttribute("formaction") && pressed.formAction !== form.action) return;
    event.preventDefault();
    htmx.trigger(form, "refresh");
  });

  // From value to value

  const mainOf = (row) => row.querySelector(".value, input:checked") ?? row.querySelector("input, select");
  const stops = () => [...form.querySelectorAll("[data-row], #find-anywhere")].map((one) => (one === search ? one : mainOf(one)));
  const stopAt = (control) => (control === search ? search : control.closest("[data-row]") && mainOf(control.closest("[data-row]")));

  const move = (from, by) => {
    const all = stops();
    const next = all[all.indexOf(stopAt(from)) + by];
    next?.focus();
    if (next?.matches(".value")) next.select();
    return Boolean(next);
  };

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const { target } = event;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      if (target === search) form.querySelector(".bloods .value").focus();
      else search.focus();
    } else if (target !== search && target.closest("[data-row]") && target.matches("input, select")) {
      event.preventDefault();
      move(target, event.shiftKey ? -1 : 1);
    }
  });

  // The search: an editable combobox with a list

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": list().id, "aria-autocomplete": "list", autocomplete: "off",
  })) search.setAttribute(name, value);

  const options = () => [...list().querySelectorAll("[role=option]")];
  const active = () => list().querySelector("[aria-selected=true]");
  const typed = () => search.value.trim();
  const isOpen = () => search.getAttribute("aria-expanded") === "true";
  const isCurrent = () => list().dataset.typed.trim() === typed();
  let entered = null;

  const choose = (option) => {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (option) {
      search.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else search.removeAttribute("aria-activedescendant");
  };

  const close = () => {
    search.setAttribute("aria-expanded", "false");
    list().hidden = true;
    choose(null);
  };

  const open = () => {
    const found = options();
    search.setAttribute("aria-expanded", String(found.length > 0));
    list().hidden = !found.length;
    choose(found[0]);
    counted.textContent = found.length ? `${found.length} found` : typed() ? `Nothing is known here as “${typed()}”.` : "";
    if (!found.length && typed()) said.textContent = `Nothing is known here as “${typed()}”. Try another word for it.`;
  };

  const tell = (row, state) => {
    const radio = row.querySelector(`input[value="${state}"]`);
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const ways = { present: "yes", absent: "no" };
  const coming = new Set();

  const accept = (option) => {
    const { slug, answer, label } = option.dataset;
    search.value = "";
    entered = null;
    close();
    const row = document.getElementById(slug);
    if (row && answer) {
      tell(row, answer);
      said.textContent = `${label}: ${ways[answer]}.`;
    } else if (row) {
      mainOf(row).focus();
    } else if (!coming.has(slug)) {
      coming.add(slug);
      htmx.ajax("POST", form.getAttribute("action"), {
        source: added, target: added, swap: "beforeend", values: { part: "row", [answer || "add"]: slug },
      });
    }
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    const { target } = event.detail;
    if (target === added) {
      const row = added.lastElementChild;
      if (!row || !coming.delete(row.dataset.row)) return;
      const told = row.querySelector("input:checked:not([value=''])");
      const label = row.querySelector("legend, label").textContent.trim();
      said.textContent = `Added: ${label}${told ? `, ${ways[told.value]}` : ""}.`;
      if (told) tell(row, told.value);
      else mainOf(row).focus();
    } else if (target?.id === "found-anywhere") {
      if (!typed() || !isCurrent()) close();
      else {
        open();
        if (entered === typed() && active() && (options().length === 1 || "sure" in active().dataset)) accept(active());
      }
      entered = null;
    }
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.target !== added) return;
      coming.clear();
      said.textContent = "It could not be added just now. What you entered is still here.";
    });
  }

  search.addEventListener("input", () => {
    entered = null;
    said.textContent = "";
    if (!typed()) close();
  });

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => {
      if (isOpen()) close();
      else search.value = "";
    },
    Enter: (event) => {
      if (!typed()) move(search, event.shiftKey ? -1 : 1);
      else if (isOpen() && isCurrent() && active()) accept(active());
      else entered = typed();
    },
  };

  const step = (by) => {
    const found = options();
    if (!found.length || !isCurrent()) return;
    if (!isOpen()) return open();
    choose(found[(found.indexOf(active()) + by + found.length) % found.length]);
  };

  search.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key](event);
  });
  search.addEventListener("blur", close);
  search.addEventListener("focus", () => {
    if (typed() && isCurrent()) open();
  });

  const box = search.closest(".combobox");
  box.addEventListener("mousedown", (event) => {
    if (event.target.closest("[role=option]")) event.preventDefault();
  });
  box.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) accept(option);
  });

  if (!("told" in form.dataset) && !location.hash) stops()[0].focus({ preventScroll: true });
})();
