// Starts Swagger UI on the description of the API.
(() => {
  const unescaped = (key) => key.replaceAll("~1", "/").replaceAll("~0", "~");

  const at = (spec, path) => path.reduce((inner, key) => inner?.[key], spec);

  // A part of the description with its references put in; one that leads back into itself stays.
  const whole = (spec, value, within = []) => {
    if (Array.isArray(value)) return value.map((inner) => whole(spec, inner, within));
    if (value === null || typeof value !== "object") return value;
    const { $ref: reference, ...own } = value;
    if (typeof reference === "string") {
      if (within.includes(reference)) return value;
      const meant = at(spec, reference.slice(2).split("/").map(unescaped));
      return whole(spec, { ...meant, ...own }, [...within, reference]);
    }
    const entries = Object.entries(own);
    return Object.fromEntries(entries.map(([key, inner]) => [key, whole(spec, inner, within)]));
  };

  // Swagger UI's own way goes through the whole description, for seconds, whenever a part is
  // opened. All our references point into the same document.
  const nearReferences = {
    fn: {
      resolveSubtree: async (spec, path) => ({ spec: whole(spec, at(spec, path)), errors: [] }),
    },
  };

  window.ui = SwaggerUIBundle({
    url: "/api-docs/openapi.json",
    dom_id: "#ui",
    deepLinking: true,
    docExpansion: "none",
    filter: true,
    persistAuthorization: false,
    validatorUrl: null,
    plugins: [nearReferences],
  });
})();
