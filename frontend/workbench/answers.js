// An answer, shown as what it is: rows, yes or no, or triples.

import { barChart, chartColumns } from "./chart.js";
import { element } from "./elements.js";
import { JSON_RESULTS } from "./formats.js";
import { showTable } from "./table.js";
import { irisOf } from "./values.js";

const MOST_TEXT = 200_000;

function plural(number, one) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : `${one}s`}`;
}

function showTriples(host, text) {
  const cut = text.length > MOST_TEXT;
  host.replaceChildren(
    element("pre", { class: "workbench__text", tabindex: "0", role: "region", "aria-label": "Triples, in Turtle" }, element("code", {}, text.slice(0, MOST_TEXT))),
    ...(cut ? [element("p", {}, "Only the beginning is shown; download it to have all of it.")] : []),
  );
  return text.trim() ? "Triples, in Turtle" : "No triples";
}

function showRows(host, { columns, rows }, names, hooks) {
  if (rows.length === 0) {
    host.replaceChildren(element("p", {}, "Nothing fits the question."));
    return { summary: "No rows", redraw() {} };
  }
  const place = element("div");
  const chosen = chartColumns(columns, rows);
  const chart = element("div");
  const drawChart = () => chosen && chart.replaceChildren(barChart(rows, chosen, names));
  host.replaceChildren(chart, place);
  drawChart();
  const redrawTable = showTable(place, { columns, rows }, names, {
    announce: hooks.announce,
    onShown: (shown) => hooks.onIris(irisOf(shown)),
  });
  return {
    summary: plural(rows.length, "row"),
    redraw() {
      redrawTable();
      drawChart();
    },
  };
}

/**
 * Shows an answer (`body` in `format`) in `host`. `names` are those of `showTable`; `hooks.onIris` is called with the
 * IRIs that came into view, `hooks.announce` with what to tell. Returns what kind of answer it is in words, the form of
 * download it allows, and a function to draw it anew.
 */
export function showAnswer(host, { body, format }, names, hooks) {
  if (format !== JSON_RESULTS) {
    return { summary: showTriples(host, body), form: "triples", redraw() {} };
  }
  const parsed = JSON.parse(body);
  if (typeof parsed.boolean === "boolean") {
    host.replaceChildren(element("p", { class: "workbench__yes-no" }, parsed.boolean ? "Yes" : "No"));
    return { summary: parsed.boolean ? "The answer is yes" : "The answer is no", form: "boolean", redraw() {} };
  }
  const result = { columns: parsed.head.vars, rows: parsed.results.bindings };
  return { ...showRows(host, result, names, hooks), form: "rows" };
}
