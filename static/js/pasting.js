// What identifies a person is dropped as soon as it is pasted; then the rest is read, and nothing stands beside a text
// it was not read from.
"use strict";

(() => {
  const form = document.getElementById("paste");
  const field = form?.elements.text;
  const list = document.getElementById("identifiers");
  const { use, cleaned, parted } = globalThis.cobaltPasting || {};
  if (!form || !list || !cleaned) return;
  use(JSON.parse(list.textContent));

  const [problem, dropped] = ["paste-problem", "dropped"].map((id) => document.getElementById(id));
  const reading = () => document.getElementById("reading");
  const { most, cannot } = JSON.parse(list.textContent);
  document.getElementById("dropped-here").hidden = false;
  document.getElementById("dropped-by-server").hidden = true;

  const say = (text) => {
    problem.textContent = text;
  };

  // What was dropped

  let kinds = new Map();
  let above = 0;

  const showDropped = () => {
    const parts = [...kinds.values()].reduce((sum, count) => sum + count, 0);
    const named = [...kinds].map(([kind, count]) => (count > 1 ? `${kind} ${count}×` : kind)).join(", ");
    const says = [
      parts ? `Dropped here and not sent, because it identifies a person or may: ${parts} part${parts > 1 ? "s" : ""} (${named}).` : "",
      above ? `Of the earlier note only its Cobalt line is needed: ${above} line${above > 1 ? "s" : ""} around it were not sent.` : "",
    ].filter(Boolean).join(" ");
    if (dropped.textContent !== says) dropped.textContent = says;
  };

  const forget = () => {
    kinds = new Map();
    above = 0;
  };

  // Whether the field now holds what may be sent. Where dropping fails nothing is.
  const drop = () => {
    try {
      const kept = cleaned(field.value);
      if (!kept.cannot && !kept.text.trim()) kept.cannot = cannot.nothing_left;
      if (kept.cannot) {
        say(kept.cannot);
        changed();
        return false;
      }
      for (const [kind, count] of kept.kinds) kinds.set(kind, (kinds.get(kind) || 0) + count);
      above += kept.above;
      field.value = kept.text.replace(/^\s*\n/, "");
      showDropped();
      return true;
    } catch {
      say("What identifies a person could not be looked for in this text, and so nothing of it was sent. It is still here.");
      return false;
    }
  };

  form.addEventListener("submit", (event) => {
    if (drop()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.focus();
  }, { capture: true });

  // Pasting and dropping

  const holdsNote = (text) => {
    try {
      return parted(text).notes !== "";
    } catch {
      return false; // what cannot be looked through is not sent either
    }
  };

  // An earlier note stands first: what stands above its line is taken for the note.
  const put = (text) => {
    if (!text.trim()) {
      say("There is no text in it. A picture or a scanned report cannot be read here.");
      return;
    }
    const [before, after] = [field.value.slice(0, field.selectionStart), field.value.slice(field.selectionEnd)];
    if (!(before + after).trim()) forget();
    const parts = holdsNote(text) && !holdsNote(before + after) ? [text, before, after] : [before, text, after];
    field.value = parts.filter((part) => part.trim()).map((part) => part.replace(/^\n+|\n+$/g, "")).join("\n");
    form.requestSubmit();
  };

  const textOf = async (file) => {
    if (file.size > 4 * most.characters) return say(cannot.characters);
    const bytes = await file.arrayBuffer();
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      text = new TextDecoder("windows-1252").decode(bytes);
    }
    return put(text);
  };

  const take = (event, transfer) => {
    const file = transfer.files[0];
    const text = transfer.getData("text/plain");
    if (!file && !transfer.types.includes("text/plain")) return;
    event.preventDefault();
    say("");
    if (text || !file) put(text);
    else textOf(file);
  };

  field.addEventListener("paste", (event) => take(event, event.clipboardData));
  field.addEventListener("drop", (event) => {
    field.classList.remove("dropping");
    take(event, event.dataTransfer);
  });
  field.addEventListener("dragover", (event) => {
    event.preventDefault();
    field.classList.add("dropping");
  });
  field.addEventListener("dragleave", () => field.classList.remove("dropping"));

  // What was read is of use only beside the text that it was read from.

  const changed = () => {
    if (reading().inert || !reading().firstElementChild) return;
    const says = document.createElement("p");
    says.className = "paste-changed";
    says.textContent = "The text was changed: it has to be read again.";
    reading().prepend(says);
    reading().inert = true;
  };

  field.addEventListener("input", () => {
    say("");
    changed();
    if (!field.value.trim()) {
      forget();
      showDropped();
    }
  });

  // Reading

  const asked = new Set();

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (target.id !== "reading" || xhr.responseText.includes('id="reading"')) return;
    event.detail.shouldSwap = false;
    if (xhr.status < 300) say("Something else than Cobalt answered. What was pasted is still here.");
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "reading") return;
    say("");
    asked.clear();
    count();
    document.getElementById("reading-heading")?.focus();
  });

  // The page may be older than a sign-in in another tab: then its proof is fetched anew, once.
  const renew = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token) throw new Error("no token");
    form.elements.csrfmiddlewaretoken.value = token;
    form.requestSubmit();
  };

  const failed = (event) => {
    if (event.detail.target?.id !== "reading") return;
    const later = "It could not be read just now. What was pasted is still here; “Read it” tries again.";
    if (event.detail.xhr?.status !== 403 || asked.has("renewed")) {
      say(later);
      return;
    }
    asked.add("renewed");
    renew().catch(() => say(later));
  };

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout", "htmx:swapError"]) document.addEventListener(failure, failed);

  // Whoever comes back to this page, to tick another result, finds the report again: without what was dropped of it,
  // and in this tab alone.
  document.addEventListener("submit", (event) => {
    if (event.target.id === "confirm") history.replaceState({ report: field.value }, "");
  });
  document.addEventListener("DOMContentLoaded", () => {
    const { report } = history.state || {};
    if (!report || reading().firstElementChild) return;
    history.replaceState(null, "");
    field.value = report;
    form.requestSubmit();
  });

  // How many results the button uses

  const count = () => {
    const confirm = document.getElementById("confirm");
    const button = confirm?.querySelector(".use button");
    if (!button) return;
    const results = [...confirm.querySelectorAll('[name^="result"]:checked')].filter((one) => one.value).length;
    const parts = [confirm.elements.earlier?.checked ? "the earlier note" : "", results ? `${results} result${results > 1 ? "s" : ""}` : ""].filter(Boolean);
    button.textContent = parts.length ? `Use ${parts.join(" and ")}` : "Use what is ticked";
  };

  document.addEventListener("change", (event) => {
    if (event.target.closest("#confirm")) count();
  });
  count();
})();
