// What stops a question, in one shape whoever answers it.

/** A question that was not answered; `line` and `column` count from 1 and are null where no place is known. */
export class QueryProblem extends Error {
  constructor(message, line = null, column = null) {
    super(message);
    this.name = "QueryProblem";
    this.line = line;
    this.column = column;
  }
}

/** The person cancelled. */
export class Cancelled extends Error {
  constructor() {
    super("Cancelled.");
    this.name = "Cancelled";
  }
}

/** What to say, the place first. */
export function told(problem) {
  return problem.line ? `Line ${problem.line}, column ${problem.column ?? 1}: ${problem.message}` : problem.message;
}

const LETTER_CLASS = /\s*\[(?:'[^']*'|\.\.=|[|\s]|'\\\\')+\],?/g;
const MOST_EXPECTED = 8;

/** The engine's words about a mistake, without the lists of letters that no reader wants. */
export function plainly(message) {
  const text = message.replaceAll("\n", " ");
  if (text.includes("Prefix not found")) {
    return "the prefix before the colon is not declared. Add a line for it at the top: PREFIX name: <its address>.";
  }
  const found = /^(.*?expected one of )(.*)$/s.exec(text.replace(LETTER_CLASS, ""));
  if (!found) {
    return text;
  }
  const expected = found[2].split(/,\s+/).filter((each) => each && each !== "[_]");
  const more = expected.length > MOST_EXPECTED ? ", …" : "";
  return expected.length ? `${found[1]}${expected.slice(0, MOST_EXPECTED).join(", ")}${more}` : "something else is expected here";
}
