// The state of a request by its key, and by the pill in the head.
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { request } from "../../logic/tests/rows";
import type { Details } from "../../types";
import { StateMenu } from "../StateMenu";

afterEach(() => vi.unstubAllGlobals());

const details = (may: string[], state = "open") =>
  ({ request: request(7, { state }), may }) as unknown as Details;

// proves OP-31 (part: in the app)
test("Alt and S opens what the state may become, and a pause is set", async () => {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (asked: Request) => {
    sent.push([asked.method, new URL(asked.url).pathname, await asked.json()]);
    return answer(200, {});
  });
  const onAsk = vi.fn();
  await show(<StateMenu details={details(["edit", "close"])} onAsk={onAsk} />);
  const user = userEvent.setup();
  await user.keyboard("{Alt>}[KeyS]{/Alt}");
  const pause = await screen.findByRole("menuitem", { name: "Until the client writes" });
  act(() => pause.focus());
  await user.keyboard("{Enter}");
  const body = expect.objectContaining({ status: "on_pause", paused_until: null });
  await waitFor(() => expect(sent).toEqual([["PATCH", "/api/v1/requests/7", body]]));
  await user.click(await screen.findByRole("button", { name: /^State/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Close" }));
  expect(onAsk).toHaveBeenCalledWith("close");
});

test("who may change nothing sees the state alone, and the key does nothing", async () => {
  await show(<StateMenu details={details([])} onAsk={vi.fn()} />);
  await userEvent.setup().keyboard("{Alt>}[KeyS]{/Alt}");
  expect(screen.getByText("Open")).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("menuitem")).toBeNull();
});
