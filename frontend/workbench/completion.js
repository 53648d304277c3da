// Completion: keywords, variables, prefixes, and the classes and properties that the vocabulary and the data hold.

import { JSON_RESULTS } from "./formats.js";
import { FUNCTIONS, KEYWORDS } from "./keywords.js";
import { PREFIXES, prefixed } from "./names.js";
import query from "./terms.rq";

const TOKEN = /[?$][\p{L}\p{N}_]*|[\p{L}_][\p{L}\p{N}_-]*(?::[\p{L}\p{N}_-]*)?/u;
const WORDS = Object.freeze([
  ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
  ...FUNCTIONS.map((label) => ({ label, type: "function" })),
]);

function declared(text) {
  return new Set([...text.matchAll(/\bPREFIX\s+([\p{L}\p{N}_.-]*):/giu)].map((found) => found[1]));
}

/** Puts the name in, and above the query the PREFIX line it needs. */
function applyName(view, completion, from, to) {
  const prefix = completion.label.split(":")[0];
  const changes = [{ from, to, insert: completion.label }];
  let shift = 0;
  if (!declared(view.state.doc.toString()).has(prefix)) {
    const line = `PREFIX ${prefix}: <${PREFIXES[prefix]}>\n`;
    changes.unshift({ from: 0, insert: line });
    shift = line.length;
  }
  view.dispatch({
    changes,
    selection: { anchor: from + shift + completion.label.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

function detail(kind, uses, label) {
  const used = uses ? `${kind}, used ${uses.toLocaleString("en-GB")}×` : `${kind}, not used in the data`;
  return label ? `${label} (${used})` : used;
}

/** Every class and property there is, most used first, as completions. */
export async function loadTerms(engine) {
  const { body } = await engine.ask(query, JSON_RESULTS);
  const terms = new Map();
  for (const row of JSON.parse(body).results.bindings) {
    const name = row.term.type === "uri" && prefixed(row.term.value);
    if (name) {
      const uses = Math.max(Number(row.uses.value), terms.get(name)?.uses ?? 0);
      terms.set(name, { kind: row.kind.value, uses, label: row.label?.value ?? terms.get(name)?.label });
    }
  }
  return [...terms]
    .sort(([, one], [, other]) => other.uses - one.uses)
    .map(([label, { kind, uses, label: words }], place) => ({
      label,
      type: kind,
      detail: detail(kind, uses, words),
      boost: Math.max(-99, 40 - place),
      apply: applyName,
    }));
}

const PREFIX_NAMES = Object.freeze(
  Object.entries(PREFIXES).map(([prefix, namespace]) => ({ label: `${prefix}:`, type: "namespace", detail: namespace })),
);

function declarations() {
  return Object.entries(PREFIXES).map(([prefix, namespace]) => ({
    label: `${prefix}:`,
    type: "namespace",
    detail: namespace,
    apply: `${prefix}: <${namespace}>`,
  }));
}

function variables(text, beingTyped) {
  const found = new Set([...text.matchAll(/[?$][\p{L}\p{N}_]+/gu)].map((each) => each[0]));
  found.delete(beingTyped);
  return [...found].map((label) => ({ label, type: "variable" }));
}

/**
 * A CodeMirror completion source. `terms.known()` gives the classes and properties known so far; `terms.all()` promises
 * them all, which is worth waiting for where a name with a prefix is being written.
 */
export function sparqlCompletions(terms) {
  return (context) => {
    const token = context.matchBefore(TOKEN);
    if (!token && !context.explicit) {
      return null;
    }
    const from = token?.from ?? context.pos;
    const typed = token?.text ?? "";
    const line = context.state.doc.lineAt(from);
    const before = line.text.slice(0, from - line.from);
    if (/^\s*PREFIX\s*$/i.test(before)) {
      return { from, options: declarations() };
    }
    if (/^[?$]/.test(typed)) {
      return { from, options: variables(context.state.doc.toString(), typed), validFor: /^[?$][\p{L}\p{N}_]*$/u };
    }
    if (typed.includes(":")) {
      return terms.all().then((options) => ({ from, options, validFor: /^[\p{L}\p{N}_:-]*$/u }));
    }
    return { from, options: [...WORDS, ...PREFIX_NAMES, ...terms.known()] };
  };
}
