// Keys work by their place on the keyboard, and not while someone types.

import { act, renderHook } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { setKeys } from "../keys/bindings";
import { activeHotkeys, keyLines, keyNames, register } from "../keys/hotkeys";
import { useHotkey } from "../keys/useHotkey";

const leave: (() => void)[] = [];

function bind(combo: string) {
  const run = vi.fn();
  leave.push(register({ combo, label: combo, run }));
  return run;
}

function press(target: Element, code: string, init: KeyboardEventInit = {}) {
  target.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true, ...init }));
}

afterEach(() => {
  for (const off of leave.splice(0)) off();
  document.body.innerHTML = "";
});

it("answers to the physical key on the Ukrainian layout", () => {
  const run = bind("mod+KeyK");
  press(document.body, "KeyK", { ctrlKey: true, key: "л" });
  expect(run).toHaveBeenCalledOnce();
});

it("leaves bare keys to text fields but not to check boxes", () => {
  const run = bind("KeyN");
  document.body.innerHTML = '<input id="text"><input id="box" type="checkbox">';
  const [text, box] = ["text", "box"].map((id) => document.getElementById(id) as Element);
  press(text as Element, "KeyN");
  expect(run).not.toHaveBeenCalled();
  press(box as Element, "KeyN");
  expect(run).toHaveBeenCalledOnce();
});

it("leaves Escape to an opened menu", () => {
  const run = bind("Escape");
  document.body.innerHTML = '<div role="menu"><button>x</button></div>';
  press(document.querySelector("button") as Element, "Escape");
  press(document.body, "Escape");
  expect(run).not.toHaveBeenCalled();
  document.body.innerHTML = "";
  press(document.body, "Escape");
  expect(run).toHaveBeenCalledOnce();
});

it("keeps the page's keys quiet under a dialog", () => {
  const run = bind("KeyN");
  document.body.innerHTML = '<div aria-modal="true"><button>x</button></div>';
  press(document.body, "KeyN");
  expect(run).not.toHaveBeenCalled();
});

it("gives a key to the innermost that asked for it", () => {
  const [page, panel] = [bind("KeyN"), bind("KeyN")];
  press(document.body, "KeyN");
  expect([page, panel].map((run) => run.mock.calls.length)).toEqual([0, 1]);
});

it("leaves a key to the one before when the innermost does not want it", () => {
  const [page, panel] = [bind("mod+KeyK"), bind("mod+KeyK")];
  panel.mockReturnValue(false);
  press(document.body, "KeyK", { ctrlKey: true });
  expect([page, panel].map((run) => run.mock.calls.length)).toEqual([1, 1]);
});

it("says once what several keys do", () => {
  const [choose, leave] = ["Choose", "Leave"];
  const keys = [
    { combo: "KeyX", label: choose },
    { combo: "Escape", label: leave },
    { combo: "mod+Space", label: choose },
  ];
  expect(keyLines(keys)).toEqual([
    [choose, ["KeyX", "mod+Space"]],
    [leave, ["Escape"]],
  ]);
});

it("names keys as they stand on the keyboard", () => {
  bind("KeyN");
  expect(activeHotkeys()).toHaveLength(1);
  expect(["mod+KeyK", "shift+Slash", "Slash"].map(keyNames)).toEqual([["Ctrl", "K"], ["?"], ["/"]]);
});

// proves SE-09 (part: own keys)
it("follows the keys that an action has now; without any it is silent", () => {
  const run = vi.fn();
  const { unmount } = renderHook(() => useHotkey("close", "Close", run));
  press(document.body, "KeyC", { altKey: true });
  act(() => setKeys({ close: "alt+KeyQ" }));
  press(document.body, "KeyC", { altKey: true });
  expect(run).toHaveBeenCalledTimes(1);
  press(document.body, "KeyQ", { altKey: true });
  expect(run).toHaveBeenCalledTimes(2);
  act(() => setKeys({ close: "" }));
  press(document.body, "KeyQ", { altKey: true });
  expect(run).toHaveBeenCalledTimes(2);
  unmount();
  setKeys({});
});
