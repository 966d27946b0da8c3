// The form of a channel that no code of the web app knows.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { answer, show } from "@/testing/render";
import { AccountForm } from "../AccountForm";
import type { ChannelType, TypeField } from "../queries";

vi.mock("@/ui/form/UnsavedGuard", () => ({ UnsavedGuard: () => null }));

const field = (key: string, more: Partial<TypeField> = {}): TypeField => ({
  key,
  kind: "text",
  credential: false,
  required: false,
  pattern: "",
  max_length: 100,
  choices: [],
  default: null,
  placeholder: "",
  label: `The ${key}`,
  help: `What the ${key} is`,
  ...more,
});

const pigeon: ChannelType = {
  type: "pigeon",
  title: "Pigeon",
  about: "Birds",
  help: "Ask the keeper.",
  modes: ["webhook"],
  needs_https: true,
  features: [],
  limits: {},
  api_base: "https://birds.example",
  fields: [
    field("ring", { kind: "secret", credential: true, required: true }),
    field("colour", { kind: "choice", choices: ["white", "grey"], default: "grey" }),
    field("letters", { kind: "number", default: 3 }),
    field("at_night", { kind: "switch" }),
    field("greeting", { kind: "long_text" }),
  ],
};

afterEach(() => vi.unstubAllGlobals());

// proves CH-08
it("draws what the adapter declares and sends it by the names of its fields", async () => {
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(JSON.parse(await request.text()));
    const errors = [
      { field: "credentials.ring", code: "provider_refused", message: "No such bird" },
    ];
    return answer(422, {
      type: "x",
      title: "x",
      status: 422,
      detail: "Look",
      code: "validation",
      errors,
    });
  });
  await show(<AccountForm botId={7} type={pigeon} account={null} onDone={vi.fn()} />);
  await userEvent.type(screen.getByLabelText(/^The ring/), "R-12");
  await userEvent.type(screen.getByLabelText("The greeting"), "Coo");
  await userEvent.click(screen.getByRole("switch"));
  await userEvent.click(screen.getByRole("button", { name: "Connect Pigeon" }));
  expect(await screen.findByText("No such bird")).toBeTruthy();
  expect(asked).toEqual([
    {
      bot_id: 7,
      type: "pigeon",
      name: "",
      mode: "webhook",
      api_base: "",
      credentials: { ring: "R-12" },
      settings: { colour: "grey", letters: 3, at_night: true, greeting: "Coo" },
    },
  ]);
});
