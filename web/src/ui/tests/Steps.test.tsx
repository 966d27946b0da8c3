// What the system tells at the top of a chat, in the reader's language.
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "@/testing/render";
import { Steps, toldBefore } from "../chat/Steps";

const step = (seq: number, author_kind: string, author_name: string, text: string) => ({
  seq,
  author_kind,
  author_name,
  text,
});

// proves OP-04 (part: steps shown)
test("the last steps say who said what; the text for operators stands below", async () => {
  const steps = [step(1, "client", "", "/start"), step(2, "bot", "Shop", "Hello!")];
  const content = { line: "history", steps, private_text: "A good buyer" } as object;
  const told = toldBefore({ content });
  await show(<ul>{told && <Steps told={told} place={3} isSpot={false} />}</ul>, "uk");
  expect(screen.getByRole("heading", { name: "Перед чатом" })).toBeDefined();
  const lines = ["Клієнт: /start", "Shop: Hello!", "A good buyer"];
  expect(screen.getAllByRole("paragraph").map(({ textContent }) => textContent)).toEqual(lines);
});

test("other lines of the system are no steps", () => {
  expect(toldBefore({ content: { line: "connected" } as object })).toBeNull();
});
