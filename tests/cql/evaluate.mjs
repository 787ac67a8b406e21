// node evaluate.mjs LIBRARY.cql [TIMES] < QUESTIONS
//
// Translates the library with the reference translator and evaluates it with the reference engine. The first line of
// the questions is the list of expressions asked for, each further line the states known of one patient by finding;
// each line of the answer holds the values of those expressions for one patient. With TIMES, the answer is one line
// instead: the microseconds of processor time that one patient took, once for each time that all were evaluated.
import { readFileSync } from "node:fs";
import {
  CqlCompilerOptions,
  CqlTranslator,
  LibraryManager,
  ModelManager,
  createModelInfoProvider,
  stringAsSource,
} from "@cqframework/cql/cql-to-elm";
import { Library, PatientContext } from "cql-execution";

const SYSTEM = readFileSync(new URL("system_model_info.xml", import.meta.url), "utf8");

function translated(text) {
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(
    createModelInfoProvider((name) => (name === "System" ? stringAsSource(SYSTEM) : null)),
  );
  const { DisableListDemotion, DisableListPromotion } = CqlCompilerOptions.Options;
  const options = new CqlCompilerOptions().withOptions([DisableListDemotion, DisableListPromotion]);
  const translator = CqlTranslator.fromText(text, new LibraryManager(models, options));
  const problems = translator.exceptions.asJsReadonlyArrayView();
  if (problems.length > 0) {
    throw new Error(problems.map((problem) => problem.message).join("\n"));
  }
  return new Library(JSON.parse(translator.toJson()));
}

// As Executor.exec does for each patient of a source: every expression once, in the order of the library.
async function evaluated(library, findings) {
  const context = new PatientContext(library, null, null, { Findings: findings });
  const values = {};
  for (const name in library.expressions) {
    values[name] = await library.expressions[name].execute(context);
  }
  return values;
}

const [file, times] = process.argv.slice(2);
const library = translated(readFileSync(file, "utf8"));
const [expressions, ...patients] = readFileSync(0, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));

if (times) {
  const took = [];
  for (let time = 0; time < Number(times); time++) {
    const start = process.threadCpuUsage();
    for (const findings of patients) {
      await evaluated(library, findings);
    }
    const { user, system } = process.threadCpuUsage(start);
    took.push((user + system) / patients.length);
  }
  console.log(JSON.stringify(took));
} else {
  for (const findings of patients) {
    const values = await evaluated(library, findings);
    console.log(JSON.stringify(expressions.map((name) => values[name])));
  }
}
