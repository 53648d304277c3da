// Bars for a result that is a label and a number. The table below has the same rows.

import { element, svgElement } from "./elements.js";
import { numberOf, textOf } from "./values.js";

const MOST = 40;
// Beside the bars where there is room for the labels, else above them.
const WIDE = Object.freeze({ kind: "wide", width: 640, row: 30, left: 240, bar: 15, label: { x: 230, y: 15, anchor: "end" }, letters: 32 });
const NARROW = Object.freeze({ kind: "narrow", width: 320, row: 52, left: 0, bar: 34, label: { x: 0, y: 12, anchor: "start" }, letters: 40 });
const NUMBER = 70;

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

function shortened(text, letters) {
  return text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;
}

function bars(values, layout, title) {
  const largest = Math.max(...values.map((each) => each.value)) || 1;
  const room = layout.width - layout.left - NUMBER;
  const drawn = values.flatMap(({ text, value }, place) => {
    const top = place * layout.row;
    const length = Math.max((value / largest) * room, 1);
    const { x, y, anchor } = layout.label;
    return [
      svgElement(
        "text",
        { x, y: top + y, class: "workbench__bar-label", "text-anchor": anchor, "dominant-baseline": "central" },
        svgElement("title", {}, text),
        `${shortened(text, layout.letters)} `,
      ),
      svgElement("rect", { x: layout.left, y: top + layout.bar - 10, width: length, height: 20, class: "workbench__bar" }),
      svgElement(
        "text",
        { x: layout.left + length + 8, y: top + layout.bar, class: "workbench__bar-number", "dominant-baseline": "central" },
        `${value.toLocaleString("en-GB")} `,
      ),
    ];
  });
  const box = `0 0 ${layout.width} ${values.length * layout.row}`;
  const style = `workbench__bars workbench__bars--${layout.kind}`;
  return svgElement("svg", { viewBox: box, role: "img", "aria-label": title, class: style }, ...drawn);
}

/** A figure with one bar a row, for wide and for narrow screens. */
export function barChart(rows, { label, number }, names) {
  const values = rows.map((row) => ({ text: textOf(row[label], names), value: numberOf(row[number]) }));
  const title = `${number} by ${label}: the table has the same numbers.`;
  return element(
    "figure",
    { class: "workbench__chart" },
    element("figcaption", {}, `${number} by ${label}`),
    bars(values, WIDE, title),
    bars(values, NARROW, title),
  );
}
