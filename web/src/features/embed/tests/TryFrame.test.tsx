// The panel tried in a frame of the settings. proves INT-04 (part: tried in the settings)
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { show } from "@/testing/render";
import { TryFrame } from "../settings/TryFrame";

const asks = { source: "operator-panel", v: 1, type: "token", id: "t1", data: { reason: "start" } };

function says(source: Window | null, origin: string, data: object = asks) {
  window.dispatchEvent(new MessageEvent("message", { source, origin, data }));
}

it("shows the panel when asked, and answers it alone that there is no token", async () => {
  await show(<TryFrame opened={false} />);
  expect(screen.queryByTitle("The operator panel")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Show the panel" }));
  const frame = screen.getByTitle<HTMLIFrameElement>("The operator panel");
  expect(new URL(frame.src).pathname).toBe("/embed/operator-panel");
  const panel = frame.contentWindow as Window;
  const told = vi.spyOn(panel, "postMessage").mockImplementation(() => undefined);
  const here = window.location.origin;
  says(panel, "https://elsewhere.example");
  says(window, here);
  says(panel, here, { ...asks, type: "ready" });
  expect(told).not.toHaveBeenCalled();
  says(panel, here);
  expect(told.mock.calls).toEqual([[{ ...asks, data: { token: null } }, here]]);
});

it("is open at once where the card's Test leads", async () => {
  await show(<TryFrame opened />);
  expect(screen.getByTitle("The operator panel")).toBeTruthy();
});
