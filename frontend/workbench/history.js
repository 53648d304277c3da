// The last questions asked, kept by this browser alone.

const KEY = "hypothread-workbench-history";
const MOST = 50;

function stored() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each?.text === "string") : [];
  } catch {
    return [];
  }
}

/** Every question kept, the newest first: `text`, and `when` in milliseconds. */
export function pastQuestions() {
  return stored();
}

/** Keeps a question; the same text asked before moves to the front. */
export function keepQuestion(text, when = Date.now()) {
  try {
    const kept = [{ text, when }, ...stored().filter((each) => each.text !== text)].slice(0, MOST);
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage may be forbidden or full; a question is answered all the same.
  }
}

/** Forgets all. */
export function forgetQuestions() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // What cannot be written holds nothing.
  }
}

/** The first line of a question that says something, to know it by. */
export function nameOf(text) {
  const lines = text.split("\n").map((line) => line.trim());
  const summary = lines.find((line) => line.startsWith("#+ summary:"));
  const first = summary?.slice("#+ summary:".length) ?? lines.find((line) => line && !/^(#|PREFIX\b|BASE\b)/i.test(line)) ?? text;
  return first.trim().slice(0, 100);
}
