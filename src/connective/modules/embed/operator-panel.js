// Puts the operator panel into a page of another site: OperatorPanel.init({ container, getToken }).
(() => {
  const source = "operator-panel";
  const version = 1;
  const views = ["list", "chat", "client"];
  const commands = [
    "openClient",
    "openChat",
    "createOutbound",
    "setContext",
    "setTheme",
    "setLanguage",
    "logout",
  ];
  /** A frame that has not said a word by then was refused, or cannot be reached. */
  const silentMs = 15_000;
  const script = document.currentScript;
  const own = script?.src ? new URL(script.src).origin : window.location.origin;

  function elementOf(container) {
    const found =
      typeof container === "string" ? document.querySelector(container) : (container ?? null);
    if (!found) throw new Error(`OperatorPanel: there is no container ${container}`);
    return found;
  }

  function addressOf(engine, { view, theme, lang }) {
    const address = new URL("/embed/operator-panel", engine);
    const given = { origin: window.location.origin, view, theme, lang };
    for (const [name, value] of Object.entries(given)) {
      if (value) address.searchParams.set(name, value);
    }
    return address.href;
  }

  function frameOf(address, height) {
    const frame = document.createElement("iframe");
    frame.title = "Operator panel";
    frame.allow = "clipboard-write; autoplay";
    frame.style.cssText = "border:0;display:block;width:100%;min-width:320px";
    frame.style.height = typeof height === "number" ? `${height}px` : (height ?? "640px");
    frame.src = address;
    return frame;
  }

  /** Shown below a frame that stays silent: the page behind says what to do about it. */
  function linkOf(address) {
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "The panel does not answer. Why?";
    return link;
  }

  function init(options) {
    const { getToken, context, view = "list", height, engine = own } = options;
    if (!views.includes(view)) throw new Error(`OperatorPanel: view is one of ${views.join(", ")}`);
    const container = elementOf(options.container);
    const address = addressOf(engine, { ...options, view });
    const target = new URL(address).origin;
    const frame = frameOf(address, height);
    const listeners = new Map();
    const asked = new Map();
    let count = 0;
    let known = context;

    const post = (type, data, id = null) =>
      frame.contentWindow?.postMessage({ source, v: version, type, id, data }, target);

    const tell = (type, data) => {
      for (const heard of [...(listeners.get(type) ?? []), ...(listeners.get("*") ?? [])]) {
        heard(data, type);
      }
    };

    const giveToken = async (id) => {
      if (!getToken) return;
      try {
        post("token", { token: await getToken() }, id);
      } catch (reason) {
        tell("error", { code: "no_token", message: String(reason?.message ?? reason) });
      }
    };

    const begin = ({ title }) => {
      if (title) frame.title = title;
      if (known) post("setContext", known);
    };

    const settle = ({ type, id, data }) => {
      const waiting = asked.get(id);
      if (!waiting) return;
      asked.delete(id);
      if (type === "error") waiting.reject(Object.assign(new Error(data?.message), data));
      else waiting.resolve(data);
    };

    const hear = (event) => {
      const said = event.data;
      if (event.origin !== target || event.source !== frame.contentWindow) return;
      if (said?.source !== source || said.v !== version || typeof said.type !== "string") return;
      clearTimeout(silence);
      if (said.type === "token") {
        void giveToken(said.id);
        return;
      }
      if (said.type === "ready") begin(said.data ?? {});
      settle(said);
      tell(said.type, said.data);
    };

    const silence = setTimeout(() => {
      container.append(linkOf(address));
      tell("error", { code: "no_answer", message: "The panel does not answer." });
    }, silentMs);

    const panel = {
      frame,
      /** Hears an event, or with "*" all of them; gives a function that stops it. */
      on(type, heard) {
        if (!listeners.has(type)) listeners.set(type, new Set());
        listeners.get(type).add(heard);
        return () => listeners.get(type).delete(heard);
      },
      /** Asks getToken for a new token, as after `auth_required`. */
      refreshToken: () => giveToken(null),
      destroy() {
        clearTimeout(silence);
        window.removeEventListener("message", hear);
        for (const { reject } of asked.values()) reject(new Error("The panel was taken away."));
        asked.clear();
        frame.remove();
      },
    };
    for (const command of commands) {
      panel[command] = (data = {}) =>
        new Promise((resolve, reject) => {
          if (command === "setContext") known = data;
          count += 1;
          asked.set(`c${count}`, { resolve, reject });
          post(command, data, `c${count}`);
        });
    }
    window.addEventListener("message", hear);
    container.append(frame);
    return panel;
  }

  window.OperatorPanel = { init };
})();
