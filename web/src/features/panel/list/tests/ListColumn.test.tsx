// The list: few rows however many there are, drafts, search, order, and what outlasts a failure.
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer } from "@/testing/render";
import { keys } from "../../data/keys";
import { takeEvent } from "../../data/live";
import { keepDraft } from "../../logic/drafts";
import { message, request } from "../../logic/tests/rows";
import { openList, serve } from "./panelList";

const shown = () => screen.getAllByRole("option");
const first = () => shown()[0]?.textContent ?? "";
const at = (second: number) => new Date(Date.UTC(2026, 4, 4, 10, 0, second)).toISOString();
const many = Array.from({ length: 5000 }, (_, index) =>
  request(5000 - index, { last_message_at: at(5000 - index) }),
);

afterEach(() => vi.unstubAllGlobals());

// proves OP-23 (part: in the app)
test("of 5,000 requests one page is read and fewer than a hundred rows exist", async () => {
  const calls = serve(() => many);
  const { cache } = await openList();
  await screen.findByText("Client 5000");
  expect(shown().length).toBeLessThan(100);
  const reads = calls.filter(({ path }) => path === "/api/v1/requests");
  expect(reads.map(({ query }) => query.get("limit"))).toEqual(["50"]);

  const last = request(1, { rev: 2, last_message_at: at(6000), last_text: "Still waiting" });
  act(() => {
    const data = { request: last, message: message(9) };
    takeEvent(cache, { id: 9, kind: "message.created", data }, 5);
  });
  await waitFor(() => expect(first()).toContain("Still waiting"));
  expect(shown().length).toBeLessThan(100);
});

// proves OP-23 (part: in the app)
test("under the pointer what is new waits to be let in", async () => {
  serve(() => [request(2), request(1)]);
  const { cache } = await openList();
  await screen.findByText("Client 2");
  await userEvent.hover(screen.getByText("Client 2"));
  for (const id of [3, 4, 5]) {
    const data = { request: request(id, { last_message_at: at(id) }) };
    act(() => takeEvent(cache, { id, kind: "request.created", data }, 5));
  }
  const pill = await screen.findByRole("button", { name: "3 new" });
  expect(shown().map((row) => row.dataset.request)).toEqual(["2", "1"]);
  await userEvent.click(pill);
  expect(shown().map((row) => row.dataset.request)).toEqual(["5", "4", "3", "2", "1"]);
});

// proves OP-23 (part: in the app)
test("words begun stand in the row in place of the last message", async () => {
  serve(() => [request(1, { last_text: "Where is my order?" })]);
  await openList();
  await screen.findByText("Where is my order?");
  act(() => keepDraft(5, 1, { reply: "It is on its way" }));
  expect(await screen.findByText("Draft:")).toBeTruthy();
  expect(first()).toContain("It is on its way");
  expect(screen.queryByText("Where is my order?")).toBeNull();
  act(() => keepDraft(5, 1, { reply: "" }));
});

// proves OP-23 (part: in the app)
test("one character is not searched for, two are", async () => {
  const calls = serve(() => [request(1)]);
  await openList();
  await screen.findByText("Client 1");
  const asked = () => calls.map(({ query }) => query.get("q")).filter(Boolean);
  await userEvent.type(screen.getByLabelText("Number, name, phone, text"), "a");
  expect(await screen.findByText("Type two characters at least.")).toBeTruthy();
  await userEvent.type(screen.getByLabelText("Number, name, phone, text"), "n");
  await waitFor(() => expect(asked()).toEqual(["an"]));
});

// proves OP-23 (part: in the app)
test("each order is asked of the server", async () => {
  const calls = serve(() => [request(1)]);
  await openList();
  await screen.findByText("Client 1");
  for (const [name, sort] of [
    ["Longest waiting", "waiting"],
    ["Newest", "created_at"],
    ["Last message", "last_message_at"],
  ] as const) {
    await userEvent.click(screen.getByRole("button", { name: /^Order: / }));
    await userEvent.click(await screen.findByRole("menuitem", { name }));
    await screen.findByRole("button", { name: `Order: ${name}` });
    const sorts = calls.filter(({ path }) => path === "/api/v1/requests");
    expect(sorts.map(({ query }) => query.get("sort"))).toContain(sort);
  }
});

// proves OP-23 (part: in the app)
test("a list that cannot be read anew stays, with another try", async () => {
  let fails = false;
  serve(() => [request(1)], {
    "/api/v1/requests": () =>
      fails
        ? answer(500, { code: "internal", detail: "Broken." })
        : answer(200, { items: [request(1)], next_cursor: null }),
  });
  const { cache } = await openList();
  await screen.findByText("Client 1");
  fails = true;
  void cache.invalidateQueries({ queryKey: keys.lists });
  expect(await screen.findByText("The list could not be read anew.")).toBeTruthy();
  expect(screen.getByText("Client 1")).toBeTruthy();
  fails = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByText("The list could not be read anew.")).toBeNull());
});
