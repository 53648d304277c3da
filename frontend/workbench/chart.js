// Bars for a result that is a label and a number. The table below has the same rows.

import { element, svgElement } from "./elements.js";
import { numberOf, textOf } from "./values.js";

const MOST = 40;
const WIDTH = 640;
const ROW = 30;
const LABEL = 240;
const NUMBER = 70;
const LETTERS = 32;

/** The columns of the label and the number, or null where the result is not of that kind. */
export function chartColumns(columns, rows) {
  if (rows.length < 2 || rows.length > MOST) {
    return null;
  }
  const isNumber = (name) => rows.every((row) => numberOf(row[name]) !== null && numberOf(row[name]) >= 0);
  const numbers = columns.filter(isNumber);
  const others = columns.filter((name) => !numbers.includes(name));
  if (numbers.length !== 1 || others.length !== 1 || rows.some((row) => !row[others[0]])) {
    return null;
  }
  return { label: others[0], number: numbers[0] };
}

function shortened(text) {
  return text.length > LETTERS ? `${text.slice(0, LETTERS - 1).trimEnd()}…` : text;
}

/** A figure with one bar a row. */
export function barChart(rows, { label, number }, names) {
  const values = rows.map((row) => ({ text: textOf(row[label], names), value: numberOf(row[number]) }));
  const largest = Math.max(...values.map((each) => each.value)) || 1;
  const room = WIDTH - LABEL - NUMBER;
  const bars = values.flatMap(({ text, value }, place) => {
    const middle = place * ROW + ROW / 2;
    const length = Math.max((value / largest) * room, 1);
    return [
      svgElement(
        "text",
        { x: LABEL - 10, y: middle, class: "workbench__bar-label", "text-anchor": "end", "dominant-baseline": "central" },
        svgElement("title", {}, text),
        `${shortened(text)} `,
      ),
      svgElement("rect", { x: LABEL, y: middle - 10, width: length, height: 20, class: "workbench__bar" }),
      svgElement(
        "text",
        { x: LABEL + length + 8, y: middle, class: "workbench__bar-number", "dominant-baseline": "central" },
        `${value.toLocaleString("en-GB")} `,
      ),
    ];
  });
  const height = values.length * ROW;
  const title = `${number} by ${label}: the table has the same numbers.`;
  return element(
    "figure",
    { class: "workbench__chart" },
    element("figcaption", {}, `${number} by ${label}`),
    svgElement("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": title, class: "workbench__bars" }, ...bars),
  );
}
