// Starts Swagger UI on the server's own OpenAPI document. It asks no other host: no validator, no other document.

const place = document.querySelector("#try-out");

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
