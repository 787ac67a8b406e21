// What identifies a person is dropped from HL7 messages and FHIR resources: only listed parts are sent. And the one
// entry, which knows the formats and takes out the line of an earlier note. The same steps as on the server
// (assessments/reports/identifiers_in_messages.py, read.py, assessments/notes/line.py); a test compares them.
"use strict";

(() => {
  const { use, the, Dropper, labelsIn, withoutColumns, withoutLines, strip, stripEnd, re, LETTER, BLANK } = globalThis.cobaltPasting;

  class CannotError extends Error {}

  const refuse = (reason, places = {}) => {
    throw new CannotError(the().cannot[reason].replace(/\{(\w+)\}/g, (_, name) => places[name]));
  };

  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
  const BREAKS = /\r\n?|[\x0c\x85\u2028\u2029]/g;
  const CONTROL = /[\x00-\x08\x0e-\x1b\x1d-\x1f\x7f\ufffd]/g;
  const ENTITY = /&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z0-9]{2,8}));/g;
  const MARKUP = re(`^[${BLANK}]*<(?:\\?xml|!|[A-Za-z][${LETTER}_:]*[${BLANK}>])`);
  const NUMBER = re(`^[<>=^:.,\\p{Nd}${BLANK}/+-]*$`);
  const IS_HL7 = re(`(?:^|[\\r\\n\\x0b \\t])(?:MSH[^${LETTER}_${BLANK}]{3}|(?:PID|OBX)\\|)`);
  const IS_JSON = re(`^[${BLANK}]*(?:\\{[${BLANK}]*["\\}]|\\[[${BLANK}]*[\\[\\{"])`);
  const SEGMENT = re(`^[A-Z][A-Z0-9]{2}(?=[^${LETTER}_${BLANK}])`);
  const SEGMENT_BREAKS = /[\r\n\x0b\x1c]+|[ \t](?=[A-Z][A-Z0-9]{2}\|)/;
  const LINE_ENDS = /(~|\\\.(?:br|sp|ce)[+0-9]*\\)/;
  const TEXT_BREAKS = /\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]/;

  const named = (kind, name, listed) => (listed.includes(name) ? the().dropped[kind].replace("{}", name) : the().dropped[`other_${kind}`]);

  // HL7 version 2

  const keeps = (dropper, line) => dropper.keeps(line.replaceAll("^", "  ").replaceAll("\\T\\", "&"));

  const keptLines = (field, dropper) => {
    const parts = [...field.split(LINE_ENDS), ""];
    let made = "";
    for (let place = 0; place < parts.length; place += 2) {
      if (keeps(dropper, parts[place])) made += parts[place] + parts[place + 1];
    }
    return made;
  };

  // A coded field without its code, where words stand behind it.
  const wordsOf = (field) => (field.indexOf("^") >= 0 && !field.endsWith("^") ? field.slice(field.indexOf("^")) : field);

  const keptFields = (fields, numbers, mark, dropper) => {
    const made = [fields[0]];
    for (let number = 1; number < Math.min(fields.length, Math.max(...numbers) + 1); number += 1) {
      let field = numbers.includes(number) ? fields[number] : "";
      if (the().hl7.words_only[fields[0]]?.includes(number)) field = wordsOf(field);
      made.push(field.length > 1 && !NUMBER.test(field) ? keptLines(field, dropper) : field);
    }
    while (made.length > 1 && !made.at(-1)) made.pop();
    return made.join(mark);
  };

  const keptOfHl7 = (text) => {
    const { kept, of_persons: ofPersons, named: listed } = the().hl7;
    const segments = text.split(SEGMENT_BREAKS).map(strip).filter(Boolean);
    if (segments.filter((segment) => segment.startsWith("OBX")).length > the().most.results) refuse("results");
    if (segments.length + (text.split(LINE_ENDS).length - 1) / 2 > the().most.lines) refuse("lines");
    const mark = segments.find((segment) => segment.startsWith("MSH") && segment.length > 3)?.[3] || "|";
    const dropper = new Dropper();
    for (const segment of segments) {
      const fields = segment.split(mark);
      for (const number of ofPersons[fields[0]] || []) {
        if (number < fields.length) dropper.remember(fields[number].replaceAll("_", " "));
      }
      for (const number of kept[fields[0]] || []) {
        if (number < fields.length) fields[number].split(LINE_ENDS).forEach((line, place) => place % 2 || dropper.learn(line));
      }
    }
    const made = [];
    for (const segment of segments) {
      const fields = segment.split(mark);
      const numbers = Object.hasOwn(kept, fields[0]) ? kept[fields[0]] : null;
      if (!numbers || !SEGMENT.test(segment)) dropper.drop(named("segment", fields[0], listed));
      else if (fields[0] === "MSH") made.push(fields.slice(0, 2).join(mark));
      else if (fields[0] === "OBX" && fields.length > 3 && labelsIn(fields[3].replaceAll("^", "  ")).length) dropper.drop(the().dropped.of_person);
      else made.push(keptFields(fields, numbers, mark, dropper));
    }
    return { text: made.join("\n"), kinds: dropper.kinds };
  };

  // JSON whose numbers stay as they are written: 1.50 is not 1.5 on a report.

  const readJson = (text, start) => {
    let at = start;
    const wrong = (place) => {
      const before = text.slice(0, place).split("\n");
      refuse("json", { line: before.length, column: before.at(-1).length + 1 });
    };
    const skip = () => {
      while (" \t\n\r".includes(text[at] || "-")) at += 1;
    };
    const token = (pattern) => {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found) at += found[0].length;
      return found;
    };
    const string = () => {
      const begins = at;
      const found = token(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y);
      return found ? JSON.parse(found[0]) : wrong(begins);
    };
    const value = (depth) => {
      if (depth > 4 * the().most.depth) refuse("depth");
      if (text[at] === '"') return string();
      if (text[at] === "{") return members(depth);
      if (text[at] === "[") return items(depth);
      const found = token(/-?Infinity|NaN|true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y);
      if (!found) wrong(at);
      return { true: true, false: false, null: null }[found[0]] ?? (found[0] === "null" ? null : found[0]);
    };
    const members = (depth) => {
      const made = Object.create(null);
      at += 1;
      skip();
      if (text[at] === "}") at += 1;
      else {
        for (;;) {
          if (text[at] !== '"') wrong(at);
          const name = string();
          skip();
          if (text[at] !== ":") wrong(at);
          at += 1;
          skip();
          made[name] = value(depth + 1);
          skip();
          at += 1;
          if (text[at - 1] === "}") break;
          if (text[at - 1] !== ",") wrong(at - 1);
          skip();
        }
      }
      return made;
    };
    const items = (depth) => {
      const made = [];
      at += 1;
      skip();
      if (text[at] === "]") at += 1;
      else {
        for (;;) {
          made.push(value(depth + 1));
          skip();
          at += 1;
          if (text[at - 1] === "]") break;
          if (text[at - 1] !== ",") wrong(at - 1);
          skip();
        }
      }
      return made;
    };
    const document = value(0);
    return { document, end: at };
  };

  const documentsIn = (text) => {
    const documents = [];
    let start = text.search(/[{[]/);
    if (start < 0) refuse("no_json");
    while (start >= 0 && start < text.length) {
      const { document, end } = readJson(text, start);
      documents.push(...(Array.isArray(document) ? document : [document]));
      const next = text.slice(end).search(/[{[]/);
      start = next < 0 ? -1 : end + next;
    }
    return documents;
  };

  // FHIR R4

  const isObject = (part) => part !== null && typeof part === "object" && !Array.isArray(part);

  const textsOf = (part, depth) => {
    if (typeof part === "string") return [part];
    if (depth >= 6 || part === null || typeof part !== "object") return [];
    return Object.values(part).flatMap((item) => textsOf(item, depth + 1));
  };

  const REFERENCE = re(`^(?:[A-Z][${LETTER}_]+/|urn:|https?:)`);

  const remember = (part, dropper, isOfPerson, depth) => {
    if (depth > the().most.depth) refuse("depth");
    if (Array.isArray(part)) {
      for (const item of part) remember(item, dropper, isOfPerson, depth + 1);
    } else if (isObject(part)) {
      const ofPerson = isOfPerson || the().fhir.of_persons.includes(part.resourceType);
      for (const [name, value] of Object.entries(part)) {
        if (["family", "given", "birthDate"].includes(name) || (ofPerson && ["name", "identifier", "line", "value"].includes(name))) {
          for (const text of textsOf(value, 0)) dropper.remember(text);
        } else if (["subject", "performer", "requester", "resultsInterpreter", "patient"].includes(name)) {
          for (const text of textsOf(value, 0)) if (!REFERENCE.test(text)) dropper.remember(text);
        }
        remember(value, dropper, ofPerson, depth + 1);
      }
    }
  };

  const isNothing = (part) => part === null || part === undefined || (typeof part === "object" && Object.keys(part).length === 0);

  const isOfPerson = (part) => isObject(part.code) && textsOf(part.code, 0).some((text) => text.length < 200 && labelsIn(text).length);

  const linesOf = (text) => {
    const lines = text.split(TEXT_BREAKS);
    if (!lines.at(-1)) lines.pop();
    return lines;
  };

  const keptOf = (part, dropper, depth) => {
    const listed = the().fhir;
    if (Array.isArray(part)) return part.map((item) => keptOf(item, dropper, depth)).filter((item) => !isNothing(item));
    if (!isObject(part)) return part;
    const kind = part.resourceType;
    if ((depth === 0 && typeof kind !== "string") || (typeof kind === "string" && !listed.types.includes(kind))) {
      dropper.drop(named("resource", kind, listed.of_persons));
      return null;
    }
    if (isOfPerson(part)) {
      dropper.drop(the().dropped.of_person);
      return null;
    }
    const made = Object.create(null);
    for (const [name, value] of Object.entries(part)) {
      if (!listed.kept.includes(name)) {
        dropper.drop(named("key", name, listed.named));
      } else if (typeof value === "string" && listed.free_text.includes(name) && !NUMBER.test(value)) {
        const lines = linesOf(value).filter((line) => dropper.keeps(line));
        if (lines.length) made[name] = lines.join("\n");
      } else if (value === null || typeof value !== "object") {
        made[name] = value;
      } else if (!(Array.isArray(value) && value.some((item) => typeof item === "string"))) {
        const kept = keptOf(value, dropper, depth + 1);
        if (!isNothing(kept)) made[name] = kept;
      }
    }
    return made;
  };

  const keptOfJson = (text) => {
    const dropper = new Dropper();
    const documents = documentsIn(text);
    for (const document of documents) remember(document, dropper, false, 0);
    const kept = documents.map((document) => keptOf(document, dropper, 0)).filter((document) => document !== null);
    return { text: JSON.stringify(kept, null, 1), kinds: dropper.kinds };
  };

  // Any report

  const sign = (mark, decimal, hexadecimal, name) => {
    if (name) return Object.hasOwn(the().entities.signs, name) ? the().entities.signs[name] : mark;
    const number = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return (number > 0 && number < 0xd800) || (number > 0xdfff && number <= 0x10ffff) ? String.fromCodePoint(number) : mark;
  };

  const checkIsReport = (text) => {
    if (!strip(text)) refuse("empty");
    if (text.length > the().most.characters) refuse("characters");
    const begins = text.slice(text.length - text.replace(re(`^[${BLANK}]+`), "").length);
    const isFile = ["{\\rtf", "%PDF", "PK\x03"].some((head) => begins.startsWith(head));
    if (isFile || (text.match(CONTROL) || []).length > 2 + Math.floor(text.length / 200)) refuse("binary");
  };

  // The report without what identifies a person; `cannot` says why nothing is left to send.
  const withoutIdentifiers = (given) => {
    try {
      checkIsReport(given);
      let text = given.replace(INVISIBLE, "");
      if (MARKUP.test(text)) refuse("markup");
      if (IS_JSON.test(text) || text.includes('"resourceType"')) return keptOfJson(text);
      if (IS_HL7.test(text)) return keptOfHl7(text);
      text = text.replace(ENTITY, sign).replace(INVISIBLE, "").replace(CONTROL, " ").replace(BREAKS, "\n");
      const lines = text.split("\n").map((line) => stripEnd(line).replace(/[\u00a0\u202f]/g, " "));
      if (lines.length > the().most.lines) refuse("lines");
      const dropper = new Dropper();
      return { text: withoutLines(withoutColumns(lines, dropper), dropper).join("\n"), kinds: dropper.kinds };
    } catch (error) {
      if (error instanceof CannotError) return { text: "", kinds: new Map(), cannot: error.message };
      throw error;
    }
  };

  // The line of an earlier note, which holds no one's name; what stands above it is the note itself and stays here.

  const BEGINS = re(`(?<![${LETTER}_])cobalt([0-9]{1,4})[${BLANK}]`, "gi");
  const WHOLE = re(`([^#]{1,20000})#((?:[${BLANK}>]*[0-9a-f]){8})`, "iy");
  const MEANINGLESS = re(`[${BLANK}>\\u00ad\\u200b-\\u200d\\ufeff]+`, "g");

  const sumOf = (text) => {
    let sum = 0xffffffff;
    for (const byte of new TextEncoder().encode(text)) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
  };

  const isWhole = (number, whole) => {
    const [body, sum] = whole.slice(1).map((part) => part.replace(MEANINGLESS, "").replaceAll("’", "'"));
    return sumOf(`cobalt${Number(number)} ${body}`) === sum.toLowerCase();
  };

  const parted = (text) => {
    const notes = [];
    let end = 0;
    let above = 0;
    for (const found of text.matchAll(BEGINS)) {
      if (found.index < end) continue;
      above += text.slice(end, found.index).split(TEXT_BREAKS).filter((line) => line.replace(/[ \t>]/g, "")).length;
      const begun = found.index + found[0].length;
      WHOLE.lastIndex = begun;
      const whole = WHOLE.exec(text);
      if (whole && isWhole(found[1], whole)) {
        end = begun + whole[0].length;
        notes.push(text.slice(found.index, end));
      } else {
        notes.push(`cobalt${found[1]} ${whole ? "-#00000000" : ""}`);
        const next = text.indexOf("\n", begun - 1);
        end = next < 0 ? text.length : next;
      }
    }
    return notes.length ? { notes: notes.join("\n"), below: text.slice(end), above } : { notes: "", below: text, above: 0 };
  };

  // All that may leave the browser of what was pasted.
  const cleaned = (given) => {
    const { notes, below, above } = parted(given);
    const rest = notes && !strip(below) ? { text: "", kinds: new Map() } : withoutIdentifiers(below);
    return { text: [notes, rest.text].filter(Boolean).join("\n"), kinds: rest.kinds, above, cannot: rest.cannot };
  };

  globalThis.cobaltPasting = { use, withoutIdentifiers, parted, cleaned };
})();
