// The formats a question is asked in, by the form of query.

import { formOf } from "./scan.js";

export const JSON_RESULTS = "application/sparql-results+json";
export const CSV_RESULTS = "text/csv";
export const TURTLE = "text/turtle";

/** The format to show an answer from. */
export function formatFor(text) {
  const form = formOf(text);
  return form === "CONSTRUCT" || form === "DESCRIBE" ? TURTLE : JSON_RESULTS;
}
