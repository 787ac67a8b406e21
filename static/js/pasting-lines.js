// What identifies a person is dropped from a report's lines and columns, before it is sent.
// The same steps as on the server (assessments/reports/identifiers.py), by the same list; a test compares them.
"use strict";

globalThis.cobaltPasting = (() => {
  let list;
  let labelsByFirst;
  let labelTexts;
  let patterns;
  let result;
  let notNames;
  let columnWords;

  // As Python understands them: letters and digits of every script, and every blank.
  const LETTER = "\\p{L}\\p{N}";
  const BLANK = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const re = (source, flags = "") => new RegExp(source, `u${flags}`);
  const WORD = re(`[${LETTER}]+`, "g");
  const BEFORE_COLUMN = re(`(?: {2}|[\\t|;,])[^${LETTER}]*$`);
  const COLON = re(`[${BLANK}]?[:=]`, "y");
  const AFTER_LABEL = re(`[${BLANK}]*(?:[:=|;,]|\\t| {2}|$)`, "y");
  const OF_TESTS = new Set(["test", "analyte", "laboratory", "lab", "result", "panel", "file"]);
  const NAME = re("^[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]+,?(?: [A-ZÀ-Þ][A-Za-zÀ-ÿ'’.-]*){1,3}$");
  const VALUE_ENDS = re(" {2,}|[\\t|;()\\[\\]\\p{Nd}]");
  const NUMBERED = re("[A-Za-z0-9][A-Za-z0-9/-]{4,39}", "g");
  const CELL_MAY = re("^[^\\p{Nd}:]{0,40}$");
  const MARKS = ["\t", "|", ";", ","];
  const EDGES = [re(`^[${BLANK}]+`), re(`[${BLANK}]+$`)];
  const strip = (text) => text.replace(EDGES[0], "").replace(EDGES[1], "");
  const stripEnd = (text) => text.replace(EDGES[1], "");

  // Python's casefold, for the letters that names and labels are written in.
  const SPECIAL = { "ß": "ss", "ẞ": "ss", "ς": "σ", "µ": "μ", "ſ": "s", "ŉ": "ʼn" };
  const fold = (text) => text.toLowerCase().replace(/[ßẞςµſŉ]/g, (letter) => SPECIAL[letter]);
  const wordsOf = (text) => fold(text).match(WORD) || [];
  const key = (words) => words.join(" ");

  // \w, \W and \b in Python speak of every script, in JavaScript of ASCII.
  const translated = (pattern) => {
    let made = "";
    let inClass = false;
    for (let at = 0; at < pattern.length; at += 1) {
      const sign = pattern[at];
      if (sign === "\\") {
        at += 1;
        const letter = pattern[at];
        if (letter === "w") made += inClass ? `${LETTER}_` : `[${LETTER}_]`;
        else if (letter === "W" && !inClass) made += `[^${LETTER}_]`;
        else if (letter === "b" && !inClass) made += `(?:(?<=[${LETTER}_])(?![${LETTER}_])|(?<![${LETTER}_])(?=[${LETTER}_]))`;
        else made += sign + letter;
      } else {
        if (sign === "[") inClass = true;
        if (sign === "]") inClass = false;
        made += sign;
      }
    }
    return made;
  };

  const use = (given) => {
    list = given;
    const [persons, addresses] = ["of_persons", "of_addresses"].map((part) => new Set(list.labels[part].map((label) => key(wordsOf(label)))));
    labelsByFirst = new Map();
    labelTexts = new Set();
    for (const part of ["anywhere", "at_start"]) {
      for (const says of list.labels[part]) {
        const words = wordsOf(says);
        const label = { words, says, anywhere: part === "anywhere", ofPerson: persons.has(key(words)), ofAddress: addresses.has(key(words)) };
        if (!labelsByFirst.has(words[0])) labelsByFirst.set(words[0], []);
        labelsByFirst.get(words[0]).push(label);
        labelTexts.add(key(words));
      }
    }
    for (const found of labelsByFirst.values()) found.sort((one, other) => other.words.length - one.words.length);
    patterns = list.patterns.map((one) => ({ pattern: re(translated(one.pattern)), unlessWords: one.unless_words, says: one.says }));
    result = re(translated(list.result), "i");
    notNames = new Set(list.not_names);
    columnWords = Object.fromEntries(["test", "other", "test_or_person"].map((part) => [part, new Set(list.columns[part].map((word) => key(wordsOf(word))))]));
  };

  // Each label that tells of a person, with the place where it ends.
  const labelsIn = (line) => {
    const found = [...line.matchAll(WORD)].map((match) => ({ word: fold(match[0]), start: match.index, end: match.index + match[0].length }));
    const labels = [];
    let skip = 0;
    for (let index = 0; index < found.length; index += 1) {
      if (index < skip) continue;
      for (const label of labelsByFirst.get(found[index].word) || []) {
        const last = index + label.words.length;
        if (last > found.length || label.words.some((word, place) => found[index + place].word !== word)) continue;
        const end = found[last - 1].end;
        const namedATest = index > 0 && OF_TESTS.has(found[index - 1].word);
        if (label.anywhere || index === 0 || (at(COLON, line, end) && !namedATest) || beginsColumn(line, found[index].start, end)) {
          labels.push({ label, end });
          skip = last;
          break;
        }
      }
    }
    return labels;
  };

  const at = (sticky, line, place) => {
    sticky.lastIndex = place;
    return sticky.exec(line);
  };

  const beginsColumn = (line, start, end) => BEFORE_COLUMN.test(line.slice(Math.max(0, start - 8), start)) && at(AFTER_LABEL, line, end) !== null;

  const startOf = ({ label, end }) => end - label.words.reduce((sum, word) => sum + word.length, 0) - label.words.length + 1;

  // What of a text speaks of a person without a label, or was met elsewhere.
  const identifies = (text, remembered) => {
    for (const { pattern, unlessWords, says } of patterns) {
      const match = pattern.exec(text);
      if (match && !(unlessWords && wordsOf(match[0]).some((word) => notNames.has(word)))) return says;
    }
    return remembered?.size && wordsOf(text).some((word) => remembered.has(word)) ? list.dropped.met : "";
  };

  class Dropper {
    constructor() {
      this.remembered = new Set();
      this.kinds = new Map();
      this.awaited = 0;
      this.address = 0;
    }

    drop(kind) {
      this.kinds.set(kind, (this.kinds.get(kind) || 0) + 1);
    }

    remember(text) {
      for (const word of (text.match(WORD) || []).slice(0, 12)) {
        if (word.length > 2 && /^\p{L}+$/u.test(word) && !notNames.has(fold(word))) this.remembered.add(fold(word));
      }
      this.rememberNumbers(text);
    }

    rememberNumbers(text) {
      for (const token of (text.match(NUMBERED) || []).slice(0, 12)) {
        if (token.replace(/[^0-9]/g, "").length < 4) continue;
        for (const word of wordsOf(token)) if (word.length > 3) this.remembered.add(word);
      }
    }

    learn(line) {
      const found = labelsIn(line);
      found.forEach(({ label, end }, index) => {
        let until = line.slice(end, end + 200);
        if (index + 1 < found.length) until = line.slice(end, Math.max(end, startOf(found[index + 1])));
        until = until.replace(/^[ \t:=.#,;|-]+/, "");
        if (label.ofPerson) {
          const stop = VALUE_ENDS.exec(until);
          const words = (stop ? until.slice(0, stop.index) : until).match(WORD) || [];
          if (words.length <= 5) {
            for (const word of words) {
              if (word.length > 2 && /^\p{Lu}/u.test(word) && !notNames.has(fold(word))) this.remembered.add(fold(word));
            }
          }
        } else if (label.anywhere) {
          this.rememberNumbers(until.slice(0, 40));
        }
      });
    }

    keeps(line) {
      if (!strip(line)) {
        this.address = 0;
        return true;
      }
      const reason = this.against(line);
      if (reason) this.drop(reason);
      return !reason;
    }

    against(line) {
      if (line.length > list.most.line) return list.dropped.line;
      const labels = isHeader(line) ? [] : labelsIn(line);
      if (labels.length) {
        this.awaited += labels.some((one, index) => isEmpty(one, labels[index + 1], line)) ? 1 : 0;
        this.address = labels.at(-1).label.ofAddress ? 6 : 0;
        return labels[0].label.says;
      }
      const reason = identifies(line, this.remembered);
      if (reason) {
        this.awaited = Math.max(0, this.awaited - 1);
        return reason;
      }
      if (result.test(line) || isHeader(line)) {
        this.awaited = this.address = 0;
      } else if (this.awaited) {
        this.awaited -= 1;
        return list.dropped.below;
      } else if (this.address) {
        this.address -= 1;
        return list.dropped.below;
      }
      return "";
    }
  }

  // Whether what a label introduces is not on the line but on the next.
  const isEmpty = ({ end }, following, line) => {
    WORD.lastIndex = end;
    const word = WORD.exec(line);
    WORD.lastIndex = 0;
    if (!word || !following) return !word;
    return word.index >= startOf(following) && /[:\t]| {2}/.test(line.slice(end, word.index));
  };

  const splitCells = (line, mark) => {
    const cells = [];
    let start = 0;
    let quoted = false;
    for (let place = 0; place < line.length; place += 1) {
      if (line[place] === '"') {
        quoted = !quoted;
      } else if (line[place] === mark && !quoted) {
        cells.push(line.slice(start, place));
        start = place + 1;
      }
    }
    return [...cells, line.slice(start)];
  };

  const cellsBy = (line, mark) => {
    if (!mark) return strip(line).split(/ {2,}/);
    return mark === "," || mark === ";" ? splitCells(line, mark) : line.split(mark);
  };

  const cellsOf = (line) => {
    for (const mark of MARKS) {
      const count = line.split(mark).length - 1;
      if ((mark === "\t" ? 1 : 2) <= count && count < list.most.columns) return { mark, cells: cellsBy(line, mark) };
    }
    return { mark: "", cells: cellsBy(line, "") };
  };

  const isHeader = (line) => {
    const cells = cellsOf(line).cells.map(wordsOf);
    const known = (text) => ["test", "other", "test_or_person"].some((part) => columnWords[part].has(text));
    if (cells.length === 1) return cells[0].length > 2 && cells[0].length < 15 && cells[0].every(known);
    const filled = cells.filter((cell) => cell.length).map(key);
    return filled.length > 1 && filled.every(known) && filled.some((cell) => columnWords.other.has(cell));
  };

  const identifyingColumns = (line) => {
    const { cells } = cellsOf(line);
    if (cells.length < 3 || cells.some((cell) => !CELL_MAY.test(cell.replace(/[Bb]12|\(.*?\)|[:.]$/g, "")))) return [];
    const words = cells.map((cell) => key(wordsOf(cell)));
    const namesATest = words.some((cell) => columnWords.test.has(cell));
    const found = [...words.keys()].filter((column) => {
      const cell = words[column];
      return cell && !columnWords.test.has(cell) && (columnWords.test_or_person.has(cell) ? namesATest : labelTexts.has(cell));
    });
    return found.length < cells.length ? found : [];
  };

  const emptied = (line, mark, columns) => {
    if (mark) return cellsBy(line, mark).map((cell, column) => (columns.includes(column) ? "" : cell)).join(mark);
    let made = "";
    let column = 0;
    for (const part of line.split(/( {2,})/)) {
      if (part.startsWith("  ") || !part) {
        made += part;
      } else {
        made += columns.includes(column) ? " ".repeat([...part].length) : part;
        column += 1;
      }
    }
    return stripEnd(made);
  };

  const withoutColumns = (lines, dropper) => {
    const kept = [];
    let columns = [];
    let mark = "";
    let width = 0;
    for (const line of lines) {
      if (!strip(line) || line.length > list.most.line) {
        columns = [];
        kept.push(line);
        continue;
      }
      const found = identifyingColumns(line);
      if (found.length || isHeader(line)) {
        const parted = cellsOf(line);
        mark = parted.mark;
        columns = found;
        width = parted.cells.length;
        for (const column of found) dropper.drop(list.dropped.column.replace("{}", key(wordsOf(parted.cells[column]))));
        kept.push(found.length ? emptied(line, mark, found) : line);
        continue;
      }
      if (!columns.length) {
        kept.push(line);
        continue;
      }
      const cells = cellsBy(line, mark);
      if (cells.length !== width) {
        dropper.drop(list.dropped.row);
        continue;
      }
      for (const column of columns) dropper.remember(cells[column]);
      kept.push(emptied(line, mark, columns));
    }
    return kept;
  };

  const tells = (line) => line.length <= list.most.line && !isHeader(line) && (labelsIn(line).length > 0 || identifies(line) !== "");

  const isName = (line) => {
    const words = wordsOf(line);
    return line.length < 60 && NAME.test(strip(line)) && words.length > 1 && words.length < 5 && !words.some((word) => notNames.has(word));
  };

  const withoutLines = (lines, dropper) => {
    for (const line of lines) dropper.learn(line.slice(0, list.most.line));
    const written = [...lines.keys()].filter((place) => strip(lines[place]));
    const names = new Set(written.slice(0, 2));
    written.forEach((place, index) => {
      const beside = [written[index - 1], written[index + 1]].filter((other) => other !== undefined);
      if (beside.some((other) => tells(lines[other]))) names.add(place);
    });
    return lines.filter((line, place) => {
      if (names.has(place) && isName(line)) dropper.remember(line);
      return dropper.keeps(line);
    });
  };

  return { use, the: () => list, Dropper, labelsIn, withoutColumns, withoutLines, strip, stripEnd, re, LETTER, BLANK };
})();
