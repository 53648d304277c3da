// The list of earlier questions.

import { button, element } from "./elements.js";
import { forgetQuestions, nameOf, pastQuestions } from "./history.js";

const WHEN = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** Fills `host`; `onChosen` gets a question's text, `announce` what to tell. Returns `draw`, for when there is another. */
export function historyList(host, onChosen, announce) {
  const count = host.querySelector("[data-count]");
  const place = host.querySelector("[data-list]");

  function forget() {
    forgetQuestions();
    draw();
    host.querySelector("summary").focus();
    announce("The history is empty.");
  }

  function draw() {
    const kept = pastQuestions();
    count.textContent = String(kept.length);
    if (kept.length === 0) {
      place.replaceChildren(element("p", {}, "Queries you run are kept here, in this browser only."));
      return;
    }
    const items = kept.map(({ text, when }) =>
      element(
        "li",
        {},
        button(nameOf(text), () => onChosen(text), { class: "workbench__past" }),
        element("span", { class: "places" }, ` ${WHEN.format(new Date(when))}`),
      ),
    );
    place.replaceChildren(
      element("ol", { class: "workbench__past-list" }, ...items),
      button("Clear the history", forget, { class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small" }),
    );
  }

  draw();
  return { draw };
}
