// The engine of a served site: the SPARQL endpoint beside the page (SPARQL 1.1 Protocol, section 2.1.3).

import { JSON_RESULTS, TURTLE } from "./formats.js";
import { Cancelled, plainly, QueryProblem } from "./problem.js";

const SERVICE_DESCRIPTION = "text/turtle";

async function problemFrom(response) {
  const type = response.headers.get("content-type") ?? "";
  if (/[/+]json/.test(type)) {
    const { title, detail, line, column } = await response.json();
    return new QueryProblem(plainly(detail || title || response.statusText), line ?? null, column ?? null);
  }
  return new QueryProblem(`The endpoint answered ${response.status} ${response.statusText}.`);
}

async function request(address, options) {
  try {
    return await fetch(address, options);
  } catch (error) {
    throw error.name === "AbortError" ? new Cancelled() : new QueryProblem("The endpoint does not answer. Is it still running?");
  }
}

/** Whether a SPARQL endpoint stands at `address`; a page from a folder never asks. */
export async function endpointAt(address) {
  if (!location.protocol.startsWith("http")) {
    return false;
  }
  try {
    const response = await fetch(address, { method: "HEAD", headers: { Accept: SERVICE_DESCRIPTION } });
    return response.ok && (response.headers.get("content-type") ?? "").startsWith(SERVICE_DESCRIPTION);
  } catch {
    return false;
  }
}

/** The engine at `address`. */
export function endpointEngine(address) {
  return {
    name: "Answered by this site’s SPARQL endpoint. Read only.",
    async ask(text, format, signal) {
      const accept = format === JSON_RESULTS ? `${JSON_RESULTS}, ${TURTLE};q=0.5` : format;
      const began = performance.now();
      const response = await request(address, {
        method: "POST",
        headers: { "Content-Type": "application/sparql-query", Accept: accept },
        body: text,
        signal,
      });
      if (!response.ok) {
        throw await problemFrom(response);
      }
      try {
        const body = await response.text();
        const type = response.headers.get("content-type") ?? format;
        return { body, format: type.split(";")[0], took: performance.now() - began };
      } catch (error) {
        throw error.name === "AbortError" ? new Cancelled() : new QueryProblem("The answer broke off. Run the query again.");
      }
    },
  };
}
