// What the words of a query alone decide: its form, and whether it names its own dataset.
//
// The terminals are those of SPARQL 1.1 Query Language, section 19.8, as far as they can hide a keyword.

const TERMINALS = new RegExp(
  [
    String.raw`#[^\n\r]*`,
    String.raw`<[^<>"{}|^\x60\\\x00-\x20]*>`,
    String.raw`"""(?:"{0,2}(?:[^"\\]|\\.))*"""`,
    String.raw`'''(?:'{0,2}(?:[^'\\]|\\.))*'''`,
    String.raw`"(?:[^"\\\n\r]|\\.)*"`,
    String.raw`'(?:[^'\\\n\r]|\\.)*'`,
    String.raw`@[A-Za-z]+(?:-[A-Za-z0-9]+)*`,
    String.raw`[?$][\p{L}\p{N}_]+`,
    String.raw`[\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_:.%-]|\\.)*`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_]*)`,
  ].join("|"),
  "gsu",
);

/** The bare words of a query in upper case, in order: no comments, strings, IRIs, names or variables. */
export function* words(text) {
  for (const found of text.matchAll(TERMINALS)) {
    if (found.groups.word) {
      yield found.groups.word.toUpperCase();
    }
  }
}

const FORMS = new Set(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]);
const UPDATES = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]);

/** SELECT, ASK, CONSTRUCT or DESCRIBE; UPDATE for what would change data; null where there is neither. */
export function formOf(text) {
  for (const word of words(text)) {
    if (FORMS.has(word)) {
      return word;
    }
    if (UPDATES.has(word)) {
      return "UPDATE";
    }
  }
  return null;
}

/** Whether the query says FROM or FROM NAMED (section 13.2). */
export function namesDataset(text) {
  return [...words(text)].includes("FROM");
}
