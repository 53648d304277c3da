// Labels for the IRIs of a result, asked of the same engine that answered it.

import { JSON_RESULTS } from "./formats.js";
import query from "./labels.rq";

const BATCH = 500;
const SLOT = /(VALUES \?iri \{)[^}]*(\})/;
const WRITABLE = /^[^\s<>"{}|^`\\\u0000-\u0020]+$/;

function queryFor(iris) {
  return query.replace(SLOT, (_all, before, after) => `${before} ${iris.map((iri) => `<${iri}>`).join(" ")} ${after}`);
}

/** Adds to `known` (a Map from IRI to label) what the engine calls those of `iris` that are not in it yet. */
export async function addLabels(engine, iris, known, signal) {
  const wanted = [...new Set(iris)].filter((iri) => !known.has(iri) && WRITABLE.test(iri));
  for (let start = 0; start < wanted.length; start += BATCH) {
    const batch = wanted.slice(start, start + BATCH);
    const { body } = await engine.ask(queryFor(batch), JSON_RESULTS, signal);
    for (const row of JSON.parse(body).results.bindings) {
      known.set(row.iri.value, row.label.value);
    }
  }
}
