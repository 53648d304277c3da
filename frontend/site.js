// The little behaviour the pages have; each of them says all it has to say without it.

import { initSkipLinks } from "nhsuk-frontend";

document.body.classList.add("nhsuk-frontend-supported");
initSkipLinks();

// Paper has no disclosure triangles: open what is folded away, and fold it again afterwards.
const opened = new Set();

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    opened.add(details);
  }
});

addEventListener("afterprint", () => {
  for (const details of opened) {
    details.open = false;
  }
  opened.clear();
});
