// How the right side comes up: as everybody has it, until one chooses for oneself.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { type Mode, useSideMode, useSideTab } from "../../data/side";
import { standsAt } from "../../logic/side";
import { SideMenu } from "../SideMenu";

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

// proves OP-16 (part: right panel)
test.each<[Mode, number | undefined, boolean]>([
  ["pinned", undefined, true],
  ["closed", undefined, false],
  ["opens", undefined, true],
  ["opens", 7, false],
  ["opens", 6, true],
])("%s, closed at %s: beside dialog 7 it stands: %s", (mode, closedAt, stands) => {
  expect(standsAt(7, mode, closedAt)).toBe(stands);
});

function Probe() {
  const { mode } = useSideMode();
  const [tab] = useSideTab();
  return (
    <>
      <output>{`${mode} ${tab}`}</output>
      <SideMenu />
    </>
  );
}

// proves OP-16 (part: right panel)
test("one's own choice goes before everybody's, and can be given up", async () => {
  vi.stubGlobal("fetch", async () => answer(200, { mode: "opens", tab: "client" }));
  await show(<Probe />);
  await screen.findByText("opens client");
  const user = userEvent.setup();
  const choose = async (name: string) => {
    await user.click(screen.getByRole("button", { name: "How this panel comes up" }));
    await user.click(await screen.findByText(name));
  };
  await choose("Stay closed");
  await screen.findByText("closed client");
  await choose("As for everyone");
  await screen.findByText("opens client");
});
