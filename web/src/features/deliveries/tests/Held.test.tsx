// What a restore holds back: shown with what waits, sent or dropped after a question.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { Held } from "../Held";

const may = { release: true };
vi.mock("@/features/session", () => ({ useCan: () => () => may.release }));
vi.mock("@tanstack/react-router", () => ({
  Link: ({ children }: { children: ReactNode }) => <span>{children}</span>,
}));

const looked = { times: 0 };
const crm = { id: 7, name: "CRM", kind: "webhook", bot_id: 1, waiting: 3, oldest_at: null };

/** A server that holds these endpoints; what it is told to release. */
function serving(items: object[]) {
  const asked: unknown[] = [];
  looked.times = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "GET") {
      looked.times += 1;
      return answer(200, { items });
    }
    asked.push([new URL(request.url).pathname, JSON.parse(await request.text())]);
    return answer(204, undefined);
  });
  return asked;
}

afterEach(() => {
  may.release = true;
  vi.unstubAllGlobals();
});

it.each([
  ["Send what waits", "3 calls go out in their order", true],
  ["Do not send it", "3 calls are cancelled.", false],
])("%s: says what happens, then does it", async (label, told, send) => {
  const asked = serving([crm]);
  await show(<Held />);
  await userEvent.click(await screen.findByRole("button", { name: label }));
  expect(await screen.findByText(new RegExp(told))).toBeTruthy();
  expect(asked).toEqual([]);
  const [, confirm] = await screen.findAllByRole("button", { name: label });
  await userEvent.click(confirm as HTMLElement);
  await waitFor(() => expect(asked).toEqual([["/api/v1/deliveries/held/7/release", { send }]]));
});

it("only shows what waits to whoever may not send again", async () => {
  may.release = false;
  serving([crm]);
  await show(<Held />);
  expect(await screen.findByText("3 calls wait")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

it("takes no room where nothing is held", async () => {
  serving([]);
  const { container } = await show(<Held />);
  await waitFor(() => expect(looked.times).toBe(1));
  expect(container.querySelector("[role=alert]")).toBeNull();
});
