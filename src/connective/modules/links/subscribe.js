// Draws "subscribe in your messenger" buttons into elements with data-connective-subscribe.
// No dependencies, no cookies, nothing is sent before the visitor presses a button.
(function () {
  "use strict";
  var NAMES = {
    telegram: "Telegram",
    viber: "Viber",
    whatsapp: "WhatsApp",
    facebook: "Messenger",
    instagram: "Instagram",
  };
  var COLOURS = {
    telegram: "#1c7fb8",
    viber: "#665cac",
    whatsapp: "#0b7a4b",
    facebook: "#0a66d0",
    instagram: "#b3266b",
  };
  var PASSED = /^(utm_(source|medium|campaign|term|content)|gclid|fbclid|msclkid)$/;
  var CODE = /^[A-Za-z0-9]{8}$/;
  var script = document.currentScript;
  var base = script ? script.src.replace(/subscribe\.js(\?.*)?$/, "") : "/";

  function linksOf(element) {
    try {
      var given = JSON.parse(element.getAttribute("data-links") || "{}");
      return Object.keys(given).filter(function (name) {
        return CODE.test(given[name]);
      }).map(function (name) {
        return { messenger: name, code: given[name] };
      });
    } catch (_) {
      return [];
    }
  }

  function addressOf(element, code) {
    var query = new URLSearchParams();
    new URLSearchParams(location.search).forEach(function (value, name) {
      if (PASSED.test(name) && !query.has(name)) query.set(name, value);
    });
    [["external_id", "data-external-id"], ["text", "data-text"], ["lang", "data-lang"]].forEach(
      function (pair) {
        var value = element.getAttribute(pair[1]);
        if (value) query.set(pair[0], value);
      },
    );
    var text = query.toString();
    return base + "l/" + code + (text ? "?" + text : "");
  }

  function button(element, link) {
    var anchor = document.createElement("a");
    anchor.className = "connective-subscribe connective-subscribe-" + link.messenger;
    anchor.href = addressOf(element, link.code);
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.textContent = NAMES[link.messenger] || link.messenger;
    anchor.style.cssText =
      "display:inline-block;margin:4px 8px 4px 0;padding:10px 18px;border-radius:8px;" +
      "color:#fff;font:600 15px/1.2 system-ui,sans-serif;text-decoration:none;background:" +
      (COLOURS[link.messenger] || "#33475b");
    return anchor;
  }

  function drawOne(element) {
    var links = linksOf(element);
    element.textContent = "";
    if (links.length === 0) return;
    var title = element.getAttribute("data-title");
    if (title) {
      var head = document.createElement("div");
      head.className = "connective-subscribe-title";
      head.textContent = title;
      element.appendChild(head);
    }
    links.forEach(function (link) {
      element.appendChild(button(element, link));
    });
    var shown = element.getAttribute("data-text");
    if (shown) {
      var small = document.createElement("small");
      small.className = "connective-subscribe-text";
      small.style.cssText = "display:block;opacity:.75";
      small.textContent = shown;
      element.appendChild(small);
    }
  }

  function draw() {
    document.querySelectorAll("[data-connective-subscribe]").forEach(drawOne);
  }

  window.ConnectiveSubscribe = { draw: draw };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw);
  else draw();
})();
