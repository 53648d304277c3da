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

const SIGN = /^"([{}().;,])"$/;

/** The engine's words about a mistake, without the lists of letters and of chance keywords that help nobody. A server
 * tells its mistakes in these words already. */
export function plainly(message) {
  if (message.includes("Prefix not found")) {
    return "The prefix before the colon is not declared. Declare it in a line of its own, at the top.";
  }
  if (message.includes("IRI parsing failed")) {
    return "What stands in angle brackets is no IRI. A space in it is written %20.";
  }
  const found = /^(.*?)expected (?:one of )?(.*)$/s.exec(message);
  if (!found) {
    return message;
  }
  const signs = found[2].split(/,\s+/).flatMap((each) => SIGN.exec(each)?.[1] ?? []);
  const mayBe = signs.length ? ` It may lack one of: ${signs.join(" ")}` : "";
  return `It cannot be read on from here: the mistake is here or just before.${mayBe}`;
}
