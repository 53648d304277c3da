// The offline engine's worker: oxigraph over the study's open data. One question at a time; to stop one, end the worker.

import { defaultGraph, initSync, namedNode, Store } from "oxigraph";
import { isOpenGraph } from "./dataset.js";
import graphNames from "./graph-names.rq";
import { namesDataset } from "./scan.js";

let store = null;
let openDefault = [];

function start({ engine, quads }) {
  initSync({ module: engine });
  store = new Store();
  store.load(quads, { format: "application/n-quads", no_transaction: true });
  const names = store.query(graphNames).map((row) => row.get("graph").value);
  openDefault = [defaultGraph(), ...names.filter(isOpenGraph).map((name) => namedNode(name))];
  postMessage({ kind: "ready" });
}

function answer({ text, format }) {
  const options = { results_format: format };
  if (!namesDataset(text)) {
    options.default_graph = openDefault;
  }
  postMessage({ kind: "answer", body: store.query(text, options), format });
}

addEventListener("message", ({ data }) => {
  try {
    if (data.kind === "start") {
      start(data);
    } else {
      answer(data);
    }
  } catch (error) {
    // A trap or an overflow leaves the engine's memory in an unknown state: the page starts another worker then.
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    postMessage({ kind: "problem", message: String(error?.message ?? error), broken });
  }
});
