// What the page's scripts leave of each text, and where they part it from an earlier note.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const { scripts, list, texts } = JSON.parse(readFileSync(0, "utf8"));
for (const script of scripts) runInThisContext(readFileSync(script, "utf8"), { filename: script });
const { use, withoutIdentifiers, parted } = globalThis.cobaltPasting;
use(list);
const said = texts.map((text) => {
  const { text: kept, kinds, cannot = "" } = withoutIdentifiers(text);
  const { notes, below, above } = parted(text);
  return [kept, Object.fromEntries(kinds), cannot, notes, below, above];
});
console.log(JSON.stringify(said));
