// One's own status by the keyboard.
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { StatusSwitch } from "../StatusSwitch";

const named = (id: number, name: string, kind: string) => ({ id, name, kind, color: "green" });
const statuses = [named(1, "Online", "online"), named(2, "On break", "away")];

afterEach(() => vi.unstubAllGlobals());

// proves OP-31 (part: in the app)
test("Enter opens the statuses, and keys choose one", async () => {
  const set: unknown[] = [];
  let status = statuses[1];
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "PUT") {
      const body = (await request.json()) as { status_id: number };
      set.push(body);
      status = statuses.find(({ id }) => id === body.status_id);
    }
    return answer(200, {
      status,
      statuses,
      active: 0,
      limit: 5,
      touched: 3,
      quota: 9,
      paused: false,
    });
  });
  await show(<StatusSwitch folded={false} />);
  await screen.findByText("On break");
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard("{Enter}");
  await screen.findByText("Clients today: 3 of 9");
  const online = await screen.findByRole("menuitem", { name: "Online" });
  act(() => online.focus());
  await user.keyboard("{Enter}");
  await waitFor(() => expect(set).toEqual([{ status_id: 1, open_chats: "keep" }]));
  await screen.findByText("Online");
});
