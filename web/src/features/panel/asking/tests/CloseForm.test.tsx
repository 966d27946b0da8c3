// Of two people who close at once the second is told who was first, and loses nothing he wrote.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { request } from "../../logic/tests/rows";
import type { Details } from "../../types";
import { CloseForm } from "../CloseForm";

afterEach(() => vi.unstubAllGlobals());

// proves OP-06 (part: in the app)
test("who comes second is told who has closed the request, and keeps what he wrote", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async ({ method, url }: Request) => {
    const { pathname } = new URL(url);
    if (method === "GET") return answer(200, { items: [], next_cursor: null, permissions: [] });
    asked.push(pathname);
    const code = "already_closed";
    return answer(409, { title: "Conflict", code, detail: "Already closed by Ann Tester." });
  });
  const onDone = vi.fn();
  const details = { request: request(7), may: ["close"] } as unknown as Details;
  await show(<CloseForm details={details} onDone={onDone} />);
  const user = userEvent.setup();
  await user.type(screen.getByRole("textbox", { name: "Reason" }), "Answered");
  await user.keyboard("{Enter}");
  expect(await screen.findByText("Already closed by Ann Tester.")).toBeDefined();
  expect(asked).toEqual(["/api/v1/requests/7/close"]);
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Reason" }).value).toBe("Answered");
  expect(onDone).not.toHaveBeenCalled();
});
