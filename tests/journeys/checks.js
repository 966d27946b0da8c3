// Runs in every page before its own scripts: what only the page itself can tell.
window.checks = (() => {
  const { fetch: original } = window;
  let calls = 0;
  window.fetch = async (...given) => {
    // A call that the server answers when there is news is not loading.
    const waits = String(given[0]?.url ?? given[0]).includes("wait");
    calls += waits ? 0 : 1;
    try {
      return await original(...given);
    } finally {
      calls -= waits ? 0 : 1;
    }
  };

  const still = "*,*::before,*::after{transition:none!important;animation:none!important}";
  document.addEventListener("DOMContentLoaded", () => {
    const style = document.createElement("style");
    style.textContent = `${still} .cm-cursor{visibility:hidden!important}`;
    document.head.append(style);
  });

  const refused = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    refused.push(`${event.effectiveDirective} refused ${event.blockedURI}`);
  });

  const busy = "[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root";
  const page = () => document.querySelector("#content") ?? document.querySelector("#root");
  const settled = () =>
    calls === 0 &&
    document.readyState === "complete" &&
    document.fonts.status === "loaded" &&
    page()?.textContent.trim() &&
    document.querySelector(busy) === null;

  const frames = () =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));

  // Twice in a row: what is shown at last may begin to load only then.
  const settle = async () => {
    do {
      while (!settled()) await frames();
      await frames();
    } while (!settled());
  };

  const arrived = (router) =>
    new Promise((done) => {
      const end = router.subscribe("onResolved", () => done(end()));
    });
  // Without loading the app again, by way of a page on which nothing of the one before is left.
  const go = async (address) => {
    const router = window.__TSR_ROUTER__;
    for (const next of ["/leave/the/page/before", address]) {
      const there = arrived(router);
      router.history.push(next);
      await there;
    }
    await settle();
  };

  const shown = (element) =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const named = (element) => {
    const name = element.getAttribute("aria-label") || element.textContent.trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${name}`;
  };

  const scrolls = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (up.id === "content") return false;
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX))
        return true;
    }
    return false;
  };
  const overflow = () => {
    const found = [];
    for (const element of [document.documentElement, document.querySelector("#content")]) {
      if (element && element.scrollWidth > element.clientWidth)
        found.push(`${element.tagName} is ${element.scrollWidth} wide, has ${element.clientWidth}`);
    }
    for (const element of document.querySelectorAll("body *")) {
      const { right, width, height } = element.getBoundingClientRect();
      if (
        right > window.innerWidth + 1 &&
        width > 1 &&
        height > 1 &&
        !scrolls(element) &&
        shown(element)
      )
        found.push(`${named(element)} ends at ${Math.round(right)}`);
    }
    return found.slice(0, 4);
  };

  // Markup and addresses that somebody wrote as a text.
  const foreign = () =>
    [...document.querySelectorAll("[onerror], [onload], [src=x], a[href^='javascript:' i]")].map(
      ({ outerHTML }) => `taken for markup: ${outerHTML.slice(0, 120)}`,
    );

  const raw = "code, pre, kbd, samp, [translate=no], .cm-editor, textarea, script, style";
  const texts = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (data.trim() && !parentElement.closest(raw)) found.push(data.trim());
    }
    for (const element of document.querySelectorAll(
      "[aria-label], [title], [placeholder], [alt]",
    )) {
      for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        const text = element.getAttribute(name);
        if (text && !element.closest(raw)) found.push(text);
      }
    }
    return [document.title, ...found];
  };

  const outlined = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
  };
  const marked = (element) => outlined(element) || getComputedStyle(element).boxShadow !== "none";
  const strokeOf = (edge) => getComputedStyle(edge.querySelector("path")).stroke;
  const isMarked = async (element) => {
    if (element.matches(".react-flow__edge"))
      return (
        strokeOf(element) !== strokeOf(document.querySelector(".react-flow__edge:not(:focus)"))
      );
    if (element.matches(".cm-content")) await frames(); // it marks itself a little later
    if (element.matches(".cm-content")) return outlined(element.closest(".cm-editor"));
    if (element.matches(".mantine-PillsInputField-field"))
      return outlined(element.closest(".mantine-Input-input"));
    // The control of a switch is drawn by a neighbour of its input.
    return [element, ...element.parentElement.children].some(marked);
  };
  const focus = async () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const inside = right > 0 && bottom > 0 && left < window.innerWidth && top < window.innerHeight;
    return { name: named(element), visible: inside && (await isMarked(element)) };
  };

  const contrast = { type: "rule", values: ["color-contrast"] };
  const everything = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
  const accessibility = async (whole) => {
    // What is fetched beforehand serves rules whose faults are not serious.
    const given = {
      runOnly: whole ? everything : contrast,
      resultTypes: ["violations"],
      preload: false,
    };
    const { violations } = await window.axe.run(document, given);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map((node) => {
          const { fgColor, bgColor, contrastRatio } = node.any[0]?.data ?? {};
          const colours = contrastRatio ? ` ${fgColor} on ${bgColor} is ${contrastRatio}` : "";
          return `${id}:${colours} ${node.html.slice(0, 160)}`;
        }),
      );
  };

  // Of this page: the next one may be shown without being loaded.
  const refusals = () => refused.splice(0);

  return { settle, go, frames, overflow, texts, focus, accessibility, foreign, refused: refusals };
})();
