// "Send a test": what other systems ask for, from the page. proves INT-12 (part: Send a test)
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { answer, show } from "@/testing/render";
import type { Template } from "../queries";
import { TestForm } from "../TestForm";

vi.mock("@/ui/form/UnsavedGuard", () => ({ UnsavedGuard: () => null }));
vi.mock("@/ui/AppLink", () => ({
  AppLink: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a>,
}));

const template = { id: 7, name: "Ready", bot_ids: [18], content: {}, active: true };
const route = "/api/v1/broadcast/route";
const asked: unknown[] = [];

function serve(...answers: Response[]) {
  const known: Record<string, unknown> = {
    "/api/v1/bots": { items: [{ id: 18, name: "Shop" }], next_cursor: null },
    "/api/v1/broadcast-templates": { items: [], next_cursor: null },
  };
  asked.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== route) return answer(200, known[pathname]);
    asked.push(JSON.parse(await request.text()));
    return answers.shift();
  });
}

afterEach(() => vi.unstubAllGlobals());

it("tells what is wrong, then sends and leads to what became of it", async () => {
  const told = "More than 1 message a minute.";
  const refusal = { type: "x", title: "x", status: 422, code: "limit_reached", detail: told };
  serve(answer(422, refusal), answer(200, { status: "success", broadcast_id: 4, message_id: 81 }));
  await show(<TestForm template={template as unknown as Template} onClose={vi.fn()} />);
  const send = screen.getByRole("button", { name: "Send a test" });
  await userEvent.type(screen.getByLabelText(/^Values/), "no pair");
  await userEvent.click(send);
  expect(await screen.findByText("Write the phone number.")).toBeTruthy();
  expect(screen.getByText("Write each line as “name: value”.")).toBeTruthy();
  expect(asked).toEqual([]);

  await userEvent.type(screen.getByLabelText(/Phone/), "380501112233");
  await userEvent.clear(screen.getByLabelText(/^Values/));
  await userEvent.type(screen.getByLabelText(/^Values/), "order: A77");
  await userEvent.click(send);
  expect(await screen.findByText(told)).toBeTruthy();

  await userEvent.click(send);
  const leads = await screen.findByRole("link", { name: "Sent messages" });
  expect(leads.getAttribute("href")).toBe("/broadcasts/templates?view=sent&template=7");
  expect(asked[1]).toEqual({
    template_id: 7,
    bot_id: 18,
    phone: "380501112233",
    variables: { order: "A77" },
    fallback: [],
  });
});
