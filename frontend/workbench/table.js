// A result as a table that can be sorted, a thousand rows at a time.

import { button, element } from "./elements.js";
import { pageOf } from "./names.js";
import { compareTerms, numberOf, textOf } from "./values.js";

const STEP = 1000;
const CELL = "nhsuk-table__cell";
const LONG = 60;
// A table of more columns than this may stand out beyond the text around it.
const WIDE_FROM = 3;
const NUMERIC_CELL = `${CELL} ${CELL}--numeric`;

function cell(term, names) {
  if (!term) {
    return element("td", { class: CELL }, element("span", { class: "nhsuk-u-visually-hidden" }, "empty"));
  }
  const text = textOf(term, names);
  if (term.type === "uri") {
    const page = pageOf(term.value, names.pages);
    const shown = page ? element("a", { href: page, title: term.value }, text) : element("span", { title: term.value }, text);
    return element("td", { class: CELL }, shown);
  }
  const language = term["xml:lang"];
  const tag = language ? element("small", {}, ` @${language}`) : null;
  const kind = numberOf(term) !== null ? NUMERIC_CELL : text.length > LONG ? `${CELL} workbench__long` : CELL;
  return element("td", { class: kind, title: term.datatype ?? null }, text, tag);
}

/** The columns whose every value is a number, so that their headings stand where the numbers stand. */
function numericColumns(columns, rows) {
  return new Set(columns.filter((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || numberOf(row[name]) !== null)));
}

/**
 * Shows `rows` in `host`. `names` are those of `textOf`, with `pages` (addresses by IRI); `onShown` is called with the
 * rows that came into view, `announce` with what to tell about sorting. Returns a function that draws all anew, for when
 * names changed.
 */
export function showTable(host, { columns, rows }, names, { onShown, announce }) {
  let order = [...rows];
  let sorted = { column: null, descending: false };
  let shown = Math.min(STEP, rows.length);
  const numeric = numericColumns(columns, rows);
  const headings = new Map();
  const body = element("tbody", { class: "nhsuk-table__body" });
  const more = button("", showMore, { class: "nhsuk-button nhsuk-button--secondary" });

  function drawRows() {
    body.replaceChildren(
      ...order.slice(0, shown).map((row) =>
        element("tr", { class: "nhsuk-table__row" }, ...columns.map((name) => cell(row[name], names))),
      ),
    );
    more.hidden = shown >= rows.length;
    const next = Math.min(STEP, rows.length - shown);
    more.textContent = `Show ${next.toLocaleString("en-GB")} more of ${rows.length.toLocaleString("en-GB")} rows`;
  }

  function showMore() {
    const first = shown;
    shown = Math.min(shown + STEP, rows.length);
    drawRows();
    onShown(order.slice(first, shown));
    body.rows[first].tabIndex = -1;
    body.rows[first].focus();
    announce(`${shown.toLocaleString("en-GB")} rows are shown.`);
  }

  function sortBy(column) {
    sorted = { column, descending: sorted.column === column && !sorted.descending };
    const direction = sorted.descending ? -1 : 1;
    order = [...rows].sort((one, other) => {
      const missing = Number(!one[column]) - Number(!other[column]);
      return missing || direction * compareTerms(one[column], other[column], names);
    });
    for (const [name, heading] of headings) {
      heading.setAttribute("aria-sort", name !== column ? "none" : sorted.descending ? "descending" : "ascending");
    }
    drawRows();
    onShown(order.slice(0, shown));
    announce(`Sorted by ${column}, ${sorted.descending ? "descending" : "ascending"}.`);
  }

  for (const name of columns) {
    const heading = element(
      "th",
      { scope: "col", "aria-sort": "none", class: `nhsuk-table__header${numeric.has(name) ? " nhsuk-table__header--numeric" : ""}` },
      button(name, () => sortBy(name), { class: "workbench__sort" }),
    );
    headings.set(name, heading);
  }
  const table = element(
    "table",
    { class: "nhsuk-table workbench__table" },
    element("caption", { class: "nhsuk-u-visually-hidden" }, "The rows of the answer. The headings sort them."),
    element("thead", { class: "nhsuk-table__head" }, element("tr", {}, ...headings.values())),
    body,
  );
  drawRows();
  const shape = columns.length > WIDE_FROM ? "workbench__scroll workbench__scroll--wide" : "workbench__scroll";
  host.replaceChildren(
    element("div", { class: shape, role: "region", "aria-label": "Rows of the answer", tabindex: "0" }, table),
    more,
  );
  onShown(order.slice(0, shown));
  return drawRows;
}
