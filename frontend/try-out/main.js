// Starts Swagger UI on the server's own OpenAPI document. It asks no other host: no validator, no other document.

import { nameFields } from "./names.js";

const place = document.querySelector("#try-out");

// Swagger UI draws again whenever something is opened or typed.
new MutationObserver(() => nameFields(place)).observe(place, { childList: true, subtree: true });

globalThis.SwaggerUIBundle({
  domNode: place,
  url: new URL(place.dataset.document, location.href).href,
  validatorUrl: null,
  presets: [globalThis.SwaggerUIBundle.presets.apis],
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  queryConfigEnabled: false,
  persistAuthorization: false,
});
