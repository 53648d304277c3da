// The offline engine: oxigraph in a worker, over the study's open data.
//
// A page opened from a folder may neither fetch files nor start workers from them, but it may load classic scripts. So
// the engine and the data come as scripts that hold compressed text, and the worker starts from a Blob.

import { Cancelled, plainly, QueryProblem } from "./problem.js";

function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => {
      reject(new QueryProblem(`${address} could not be loaded. Keep the files of the site together, and load the page again.`));
    });
    document.head.append(script);
  });
}

async function unpacked(base64) {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function loadParts(addresses) {
  await Promise.all([loadScript(addresses.engine), loadScript(addresses.data)]);
  const { worker, wasm } = globalThis.hypothreadEngine;
  const [engine, quads] = await Promise.all([unpacked(wasm), unpacked(globalThis.hypothreadStudyData)]);
  return { worker, engine: await WebAssembly.compile(engine), quads: new Uint8Array(quads) };
}

function startWorker({ worker, engine, quads }) {
  const address = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  const started = new Worker(address);
  URL.revokeObjectURL(address);
  started.postMessage({ kind: "start", engine, quads });
  return started;
}

function nextMessage(worker, signal) {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const settle = (how) => (value) => {
      done.abort();
      how(value);
    };
    const listen = { signal: done.signal };
    worker.addEventListener("message", settle(({ data }) => resolve(data)), listen);
    worker.addEventListener(
      "error",
      settle((event) => resolve({ kind: "problem", message: event.message || "the engine stopped", broken: true })),
      listen,
    );
    signal?.addEventListener("abort", settle(() => reject(new Cancelled())), listen);
  });
}

/** What the engine said, with its place taken out of the words. */
function problemFrom({ message, broken }) {
  if (broken) {
    return new QueryProblem(`The engine in your browser gave up (${message}). Ask for less, for instance with a LIMIT.`);
  }
  const found = /^(?:parser )?error at (\d+):(\d+)(?:-\d+:\d+)?: (.*)$/s.exec(message);
  return found ? new QueryProblem(plainly(found[3]), Number(found[1]), Number(found[2])) : new QueryProblem(message);
}

/** An engine that loads when it is first asked; `addresses` are those of its two scripts, `engine` and `data`. */
export function offlineEngine(addresses) {
  let parts = null;
  let running = null;

  async function ready(signal) {
    parts ??= loadParts(addresses);
    let loaded;
    try {
      loaded = await parts;
    } catch (error) {
      parts = null;
      throw error;
    }
    if (signal?.aborted) {
      throw new Cancelled();
    }
    if (!running) {
      running = startWorker(loaded);
      const message = await nextMessage(running, signal);
      if (message.kind !== "ready") {
        throw problemFrom({ ...message, broken: true });
      }
    }
    return running;
  }

  function stop() {
    running?.terminate();
    running = null;
  }

  let queue = Promise.resolve();

  async function ask(text, format, signal) {
    try {
      const worker = await ready(signal);
      const answered = nextMessage(worker, signal);
      const began = performance.now();
      worker.postMessage({ kind: "query", text, format });
      const message = await answered;
      if (message.kind === "answer") {
        return { body: message.body, format: message.format, took: performance.now() - began };
      }
      if (message.broken) {
        stop();
      }
      throw problemFrom(message);
    } catch (error) {
      if (!(error instanceof QueryProblem)) {
        stop();
      }
      throw error;
    }
  }

  return {
    name: "Answered in your browser, from the study’s open data. Nothing is sent anywhere.",
    /** The answer to `text` in `format`; questions are answered in turn, because the worker knows only one at a time. */
    ask(text, format, signal) {
      const turn = queue.then(() => {
        if (signal?.aborted) {
          throw new Cancelled();
        }
        return ask(text, format, signal);
      });
      queue = turn.catch(() => {});
      return turn;
    },
  };
}
