// Which graphs a question sees when it names no dataset: the same ones as at the server.

const VOCABULARY = "https://w3id.org/hypothread/ns";
const OPEN_ENDINGS = ["/graph", "/graph/derived"];

/** Whether the graph of this name belongs to the open default: stated or derived data, or the vocabulary. */
export function isOpenGraph(name) {
  return name === VOCABULARY || OPEN_ENDINGS.some((ending) => name.endsWith(ending));
}
