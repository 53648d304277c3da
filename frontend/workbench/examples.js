// The library's questions, taken from the page itself, where they stand to be read without a script.

import { button, element } from "./elements.js";

/** Every question on the page: its name, area, summary and text. */
export function libraryQuestions() {
  return [...document.querySelectorAll("[data-question]")].map((place) => ({
    name: place.dataset.question,
    area: place.dataset.area,
    summary: place.dataset.summary,
    text: place.querySelector("pre code").textContent,
    place,
  }));
}

/** Fills the list of examples, and puts a button under each question; `onChosen` gets the question. */
export function offerQuestions(select, questions, onChosen) {
  for (const area of new Set(questions.map((each) => each.area))) {
    const inArea = questions.filter((each) => each.area === area);
    select.append(
      element("optgroup", { label: area }, ...inArea.map((each) => element("option", { value: each.name }, each.summary))),
    );
  }
  select.addEventListener("change", () => {
    const chosen = questions.find((each) => each.name === select.value);
    if (chosen) {
      onChosen(chosen, false);
    }
  });
  for (const each of questions) {
    const use = button("Put this question in the editor", () => onChosen(each, true), { class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small" });
    each.place.querySelector("pre").after(use);
  }
}
