// The query workbench: puts the parts of the page together.

import { showAnswer } from "./answers.js";
import { loadTerms } from "./completion.js";
import { save } from "./downloads.js";
import { createEditor } from "./editor.js";
import { endpointAt, endpointEngine } from "./endpoint.js";
import { libraryQuestions, offerQuestions } from "./examples.js";
import { CSV_RESULTS, formatFor } from "./formats.js";
import { keepQuestion } from "./history.js";
import { addLabels } from "./labels.js";
import { offlineEngine } from "./offline.js";
import { historyList } from "./past.js";
import { Cancelled, QueryProblem, told } from "./problem.js";
import { formOf } from "./scan.js";
import { addressWith, queryInAddress } from "./share.js";

const part = (name) => document.getElementById(`workbench-${name}`);

function start(host) {
  const { study, endpoint, engine: engineScript, data } = host.dataset;
  const names = { labels: new Map(), study, bare: false, pages: Object.fromEntries(JSON.parse(part("pages").textContent)) };
  const engineReady = endpointAt(endpoint).then((served) => {
    const engine = served ? endpointEngine(endpoint) : offlineEngine({ engine: engineScript, data });
    part("engine").textContent = engine.name;
    return engine;
  });
  let terms = [];
  let asking = null;
  let running = null;
  let answered = null;

  const say = (text) => {
    part("status").textContent = text;
  };

  const editor = createEditor(part("editor"), {
    label: "SPARQL query. Control and Enter run it, Control and Space suggest, Tab leaves the editor.",
    terms: { known: () => terms, all: allTerms },
    onRun: () => run(),
    onFocus: allTerms,
  });

  /** The names to complete, asked for once; without them there are still keywords, and the next time asks again. */
  async function allTerms() {
    asking ??= engineReady.then(loadTerms);
    try {
      terms = await asking;
    } catch {
      asking = null;
    }
    return terms;
  }

  function showRunning(controller) {
    const focusWasOnCancel = document.activeElement === part("cancel");
    running = controller;
    part("cancel").hidden = !controller;
    part("run").setAttribute("aria-disabled", String(Boolean(controller)));
    if (!controller && focusWasOnCancel) {
      part("run").focus();
    }
  }

  function showProblem(error) {
    part("problem").textContent = told(error);
    part("problem").hidden = false;
    if (error.line) {
      editor.showProblem(error);
      editor.focus();
    }
  }

  function clear() {
    part("problem").hidden = true;
    part("problem").textContent = "";
    editor.clearProblem();
  }

  /** Does something with the engine that may take long: it can be cancelled, and what goes wrong is told. */
  async function doing(what, task) {
    if (running) {
      return;
    }
    const controller = new AbortController();
    clear();
    showRunning(controller);
    say(what);
    try {
      await task(await engineReady, controller.signal);
    } catch (error) {
      if (error instanceof Cancelled) {
        say("Cancelled.");
      } else if (error instanceof QueryProblem) {
        say("");
        showProblem(error);
      } else {
        say("");
        showProblem(new QueryProblem(`The answer cannot be shown: ${error.message}`));
        throw error;
      }
    } finally {
      showRunning(null);
    }
  }

  async function nameIris(engine, iris, redraw) {
    const before = names.labels.size;
    try {
      await addLabels(engine, iris, names.labels);
    } catch (error) {
      if (!(error instanceof QueryProblem || error instanceof Cancelled)) {
        throw error;
      }
      // Bare names are shown then; they are right, only harder to read.
    }
    if (names.labels.size > before) {
      redraw();
    }
  }

  async function run() {
    const text = editor.text();
    if (!text.trim()) {
      say("There is no query yet. Write one, or choose a question of the library.");
      return;
    }
    if (formOf(text) === "UPDATE") {
      clear();
      showProblem(new QueryProblem("This page only asks questions: begin with SELECT, ASK, CONSTRUCT or DESCRIBE."));
      return;
    }
    await doing("Running the query.", async (engine, signal) => {
      part("results").hidden = true;
      const answer = await engine.ask(text, formatFor(text), signal);
      const took = Math.max(Math.round(answer.took), 1);
      keepQuestion(text);
      past.draw();
      const own = { text, answer };
      answered = own;
      let redraw = () => {};
      const shown = showAnswer(part("answer"), answer, names, {
        announce: say,
        onIris: (iris) => nameIris(engine, iris, () => answered === own && redraw()),
      });
      redraw = shown.redraw;
      own.form = shown.form;
      part("results").hidden = false;
      part("labels").hidden = shown.form !== "rows";
      part("csv").hidden = shown.form !== "rows";
      part("json").textContent = shown.form === "triples" ? "Download Turtle" : "Download JSON";
      own.redraw = () => redraw();
      say(`${shown.summary}, in ${took.toLocaleString("en-GB")} ms.`);
    });
  }

  function put(text, message, focus) {
    editor.setText(text);
    part("problem").hidden = true;
    say(message);
    if (focus) {
      editor.focus();
    }
  }

  const past = historyList(part("history"), (text) => put(text, "The earlier query is in the editor.", true), say);

  part("run").addEventListener("click", run);
  part("cancel").addEventListener("click", () => running?.abort());
  part("csv").addEventListener("click", () =>
    doing("Preparing the file.", async (engine, signal) => {
      const { body } = await engine.ask(answered.text, CSV_RESULTS, signal);
      save(body, "answer.csv", CSV_RESULTS);
      say("The file answer.csv is ready.");
    }),
  );
  part("json").addEventListener("click", () => {
    const { body, format } = answered.answer;
    const name = answered.form === "triples" ? "answer.ttl" : "answer.json";
    save(body, name, format);
    say(`The file ${name} is ready.`);
  });
  part("bare").addEventListener("change", (event) => {
    names.bare = event.target.checked;
    answered?.redraw();
  });
  part("share").addEventListener("click", async () => {
    const address = addressWith(editor.text());
    if (!address) {
      say("The query is too long to stand in an address. Copy its text instead.");
      return;
    }
    history.replaceState(null, "", address);
    try {
      await navigator.clipboard.writeText(address);
      say("The address of this page now holds the query, and has been copied.");
    } catch {
      say("The address of this page now holds the query: copy it from the address bar.");
    }
  });

  function takeFromAddress() {
    const text = queryInAddress();
    if (text !== null) {
      put(text, "The query comes from the address. Run it to see its answer.", false);
    }
    return text !== null;
  }

  const questions = libraryQuestions();
  offerQuestions(part("example"), questions, ({ text, summary }, focus) => {
    put(text, `In the editor: ${summary}`, focus);
    if (focus) {
      part("editor").scrollIntoView({ block: "center" });
    }
  });
  addEventListener("hashchange", takeFromAddress);
  if (!takeFromAddress() && questions.length) {
    const first = questions.find((each) => each.name === host.dataset.first) ?? questions[0];
    editor.setText(first.text);
    part("example").value = first.name;
  }
  part("without-script").hidden = true;
  host.hidden = false;
}

start(document.getElementById("workbench"));
