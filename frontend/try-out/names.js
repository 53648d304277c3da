// Gives names to what Swagger UI leaves without one, so that a screen reader says what a field is for, and lets the
// keyboard scroll its examples.

const FIELDS = "input:not([type=hidden]), select, textarea";

/** What a field is for: the parameter in whose row it stands, else the heading of its part. */
function nameOf(field) {
  const row = field.closest("tr[data-param-name]");
  const what = row?.dataset.paramName ?? "the request body";
  if (field.classList.contains("examples-select-element")) {
    return `Example for ${what}`;
  }
  if (field.closest(".responses-wrapper")) {
    return "Format of the answer";
  }
  if (field.closest(".servers, .scheme-container")) {
    return "Server";
  }
  return row ? `Value of ${what}` : "Request body";
}

function isNamed(field) {
  return field.labels?.length > 0 || field.hasAttribute("aria-label") || field.hasAttribute("aria-labelledby");
}

/** Names every field below an element that has no name yet. */
export function nameFields(place) {
  for (const field of place.querySelectorAll(FIELDS)) {
    if (!isNamed(field)) {
      field.setAttribute("aria-label", nameOf(field));
    }
  }
  for (const example of place.querySelectorAll("pre:not([tabindex])")) {
    example.tabIndex = 0;
  }
}
