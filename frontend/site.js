// The little behaviour the pages have; each of them says all it has to say without it.

import { initSkipLinks } from "nhsuk-frontend";

document.body.classList.add("nhsuk-frontend-supported");
initSkipLinks();

// A browser that does not open what is folded around the place that an address names is helped to.
function openAround() {
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let folded = named && named.closest("details:not([open])");
  if (!folded) {
    return;
  }
  for (; folded; folded = folded.parentElement.closest("details:not([open])")) {
    folded.open = true;
  }
  named.scrollIntoView();
}

addEventListener("hashchange", openAround);
openAround();

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
