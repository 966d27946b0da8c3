// Many rows are chosen, something is done to them, and what was refused stays to be tried again.
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer } from "@/testing/render";
import { request } from "../../logic/tests/rows";
import { type Call, openList, serve } from "./panelList";

const rows = [4, 3, 2, 1].map((id) => request(id, { unread: id }));
const bulk = "/api/v1/requests/bulk";
type Asked = { ids: number[] };

/** Answers `outcome` for each id, as the server does. */
function settled({ body }: Call, outcomes: Record<number, object> = {}) {
  const done = { outcome: "done", code: "", message: "", errors: [] };
  const results = (body as Asked).ids.map((id) => ({ id, ...done, ...outcomes[id] }));
  return answer(200, { done: 0, unchanged: 0, refused: 0, results });
}

const row = (id: number) => screen.findByRole("option", { name: new RegExp(`Client ${id}`) });
const chosen = () => screen.queryAllByRole("option", { selected: true }).length;
const asked = (calls: Call[]) => calls.filter(({ path }) => path === bulk).map(({ body }) => body);

afterEach(() => vi.unstubAllGlobals());

// proves OP-23 (part: in the app)
test("Ctrl chooses one more, Shift a range, and a plain click opens", async () => {
  serve(() => rows);
  const { router } = await openList();
  const user = userEvent.setup();
  await user.keyboard("{Control>}");
  await user.click(await row(4));
  await user.keyboard("{/Control}{Shift>}");
  await user.click(await row(2));
  await user.keyboard("{/Shift}");
  expect(await screen.findByText("3 chosen")).toBeTruthy();
  expect(chosen()).toBe(3);
  expect(router.state.location.pathname).toBe("/operator_panel/requests");
  await user.click(await row(1));
  await waitFor(() => expect(router.state.location.pathname).toBe("/operator_panel/requests/1"));
  const opened = () => screen.getAllByRole("option").filter((one) => one.ariaCurrent);
  await waitFor(async () => expect(opened()).toEqual([await row(1)]));
});

// proves OP-23 (part: in the app)
test("keys choose the row with the focus, its neighbours, all, and none", async () => {
  serve(() => rows);
  await openList();
  const user = userEvent.setup();
  const first = await row(4);
  act(() => first.focus());
  await user.keyboard("x");
  expect(chosen()).toBe(1);
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  await waitFor(async () => expect(document.activeElement).toBe(await row(3)));
  expect(chosen()).toBe(2);
  await user.keyboard("{Control>}a{/Control}");
  expect(chosen()).toBe(4);
  await user.keyboard("{Escape}");
  expect(chosen()).toBe(0);
  expect(screen.queryByRole("region", { name: "The chosen requests" })).toBeNull();
});

// proves OP-23 (part: in the app)
test("what is done to the chosen rows is asked for in one call, and nothing stays chosen", async () => {
  const calls = serve(() => rows, { [bulk]: (call) => settled(call) });
  await openList();
  const user = userEvent.setup();
  const first = await row(4);
  act(() => first.focus());
  await user.keyboard("x{Shift>}{ArrowDown}{/Shift}");
  await user.click(screen.getByRole("button", { name: "Mark as read" }));
  await waitFor(() => expect(asked(calls)).toEqual([{ ids: [4, 3], read: {} }]));
  await waitFor(() => expect(chosen()).toBe(0));
});

// proves OP-23 (part: in the app)
test("what was refused stays chosen with its reason, and is tried again", async () => {
  const lacks = {
    outcome: "refused",
    code: "validation",
    message: "Some fields need a correction.",
    errors: [{ field: "tag_ids", message: "This has to be filled in.", code: "needed_to_close" }],
  };
  let outcomes: Record<number, object> = { 3: lacks };
  const calls = serve(() => rows, { [bulk]: (call) => settled(call, outcomes) });
  await openList();
  const user = userEvent.setup();
  const first = await row(4);
  act(() => first.focus());
  await user.keyboard("{Control>}a{/Control}");
  await user.click(screen.getByRole("button", { name: "Close" }));
  await user.type(await screen.findByLabelText("Reason"), "Spam");
  await user.click(screen.getByRole("button", { name: "Close 4 requests" }));
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("Not done: 1 of 4")).toBeTruthy();
  expect(within(alert).getByText("Tags: This has to be filled in.")).toBeTruthy();
  expect(chosen()).toBe(1);
  outcomes = {};
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  const close = { reason: "Spam" };
  expect(asked(calls)).toEqual([
    { ids: [4, 3, 2, 1], close },
    { ids: [3], close },
  ]);
});

// proves OP-23 (part: in the app)
test("a call that fails leaves what was not asked chosen", async () => {
  serve(() => rows, { [bulk]: () => answer(503, { code: "unavailable", detail: "Busy." }) });
  await openList();
  const user = userEvent.setup();
  const first = await row(4);
  act(() => first.focus());
  await user.keyboard("{Control>}a{/Control}");
  await user.click(screen.getByRole("button", { name: "Mark as read" }));
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText("Not done: 4 of 4")).toBeTruthy();
  expect(within(alert).getAllByText("Busy.")).toHaveLength(4);
  expect(chosen()).toBe(4);
});

// proves OP-06 (part: in the app)
test("the right button, or its key, gives one row the same actions; Escape leaves all as it was", async () => {
  const calls = serve(() => rows, { [bulk]: settled });
  await openList();
  const user = userEvent.setup();
  const second = await row(3);
  await user.pointer({ keys: "[MouseRight]", target: second });
  expect(chosen()).toBe(1);
  const menu = await screen.findByRole("menu");
  const names = within(menu)
    .getAllByRole("menuitem")
    .map((item) => item.textContent);
  const bar = screen.getByRole("region", { name: "The chosen requests" });
  const shown = within(bar)
    .getAllByRole("button")
    .map((one) => one.getAttribute("aria-label"));
  expect(shown.filter((name) => names.some((one) => one === name))).toEqual(names);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(chosen()).toBe(0);
  await waitFor(() => expect(document.activeElement).toBe(second));
  await user.pointer({ keys: "[MouseRight]", target: second });
  await user.click(await screen.findByRole("menuitem", { name: "Mark as read" }));
  await waitFor(() => expect(asked(calls)).toEqual([{ ids: [3], read: {} }]));
});
