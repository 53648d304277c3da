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

const WORTH_TELLING = /^"?([A-Za-z]{2,}|[{}().;,])"?$/;
const MOST_TOLD = 8;

/** The engine's words about a mistake, without the lists of letters that no reader wants. */
export function plainly(message) {
  if (message.includes("Prefix not found")) {
    return "the prefix before the colon is not declared. Add a line for it at the top: PREFIX name: <its address>.";
  }
  const found = /^(.*?)expected one of (.*)$/s.exec(message);
  if (!found) {
    return message;
  }
  const expected = found[2].split(/,\s+/).flatMap((each) => WORTH_TELLING.exec(each)?.[1] ?? []);
  const more = expected.length > MOST_TOLD ? " …" : "";
  return `${found[1]}something else is expected here${expected.length ? `: ${expected.slice(0, MOST_TOLD).join(" or ")}${more}` : "."}`;
}
