// What I am told: counted until the list was looked at.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer, newCache, show } from "@/testing/render";
import { NoticeBell } from "../NoticeBell";

afterEach(() => vi.unstubAllGlobals());

const notice = {
  id: 7,
  kind: "message",
  from_id: 2,
  from_name: "Olena Koval",
  text: "Call back the client of request 12",
  request_id: null,
  at: "2026-05-04T09:00:00Z",
  read_at: null,
};

// proves OP-15 (part: message in the app)
test("a message stands in the list and is read once the list is closed", async () => {
  const put: unknown[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "PUT") put.push(await request.json());
    const unread = put.length > 0 ? 0 : 1;
    return answer(request.method === "PUT" ? 204 : 200, { unread, items: [notice] });
  });
  const cache = newCache();
  cache.setQueryData(["me"], { id: 1, permissions: ["requests.view"] });
  await show(<NoticeBell folded={false} />, "en", cache);
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Notices: 1 unread" }));
  await screen.findByText("Call back the client of request 12");
  await screen.findByText("Olena Koval");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(put).toEqual([{ up_to: 7 }]));
  await screen.findByRole("button", { name: "Notices: 0 unread" });
});
