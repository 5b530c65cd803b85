// Draws the description of the addresses; requests are made by programs, not from this page.
window.SwaggerUIBundle({
  url: "/api/v1/schema",
  dom_id: "#described",
  deepLinking: true,
  supportedSubmitMethods: [],
  validatorUrl: null,
});
