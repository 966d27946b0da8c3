// Sets the colour scheme and the language of the document before anything is painted.
(() => {
  const stored = (key) => {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const scheme = stored("mantine-color-scheme-value") || "auto";
  const dark =
    scheme === "dark" ||
    (scheme === "auto" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  const language = stored("connective.language");
  if (language) document.documentElement.lang = language;
})();
