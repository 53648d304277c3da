// The terms of a result, as they are shown, compared and counted.

import { shortName } from "./names.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMERIC = new Set(
  `integer decimal double float int long short byte nonNegativeInteger positiveInteger nonPositiveInteger
   negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte`.split(/\s+/).map((name) => XSD + name),
);
const COLLATOR = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

/** The number a term is, or null. */
export function numberOf(term) {
  return term?.type === "literal" && NUMERIC.has(term.datatype) ? Number(term.value) : null;
}

/** The words a term is shown with; `names` has the labels (a Map by IRI), the study's IRI, and whether labels are wanted. */
export function textOf(term, names) {
  if (!term) {
    return "";
  }
  if (term.type === "uri") {
    return names.bare ? term.value : (names.labels.get(term.value) ?? shortName(term.value, names.study));
  }
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<< ${[subject, predicate, object].map((part) => textOf(part, names)).join(" ")} >>`;
  }
  return term.type === "bnode" ? `_:${term.value}` : term.value;
}

/** Compares two terms for sorting: empty last, numbers by size, the rest by their words. */
export function compareTerms(one, other, names) {
  if (!one || !other) {
    return Number(!one) - Number(!other);
  }
  const [left, right] = [numberOf(one), numberOf(other)];
  if (left !== null && right !== null) {
    return left - right;
  }
  return COLLATOR.compare(textOf(one, names), textOf(other, names));
}

/** Every IRI in these rows. */
export function irisOf(rows) {
  return rows.flatMap((row) => Object.values(row)).filter((term) => term.type === "uri").map((term) => term.value);
}
