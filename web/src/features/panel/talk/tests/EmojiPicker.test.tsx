// An emoji is put where the cursor stands, by keys alone.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef } from "react";
import { expect, test, vi } from "vitest";
import { show } from "@/testing/render";
import { EmojiPicker } from "../EmojiPicker";

function Field({ onWrite }: { onWrite: (text: string) => void }) {
  const input = useRef<HTMLTextAreaElement>(null);
  return (
    <>
      <textarea ref={input} aria-label="Answer" defaultValue="Good day!" />
      <EmojiPicker input={input} onWrite={onWrite} />
    </>
  );
}

// proves OP-18 (part: emoji)
test("arrows choose one, Enter puts it at the cursor, and the field has the focus again", async () => {
  const onWrite = vi.fn();
  await show(<Field onWrite={onWrite} />);
  const user = userEvent.setup();
  const field = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Answer" });
  field.setSelectionRange(4, 4);
  screen.getByRole("button", { name: "Emoji" }).focus();
  await user.keyboard("{Enter}");
  (await screen.findByRole("button", { name: "🙂" })).focus();
  await user.keyboard("{ArrowDown}{ArrowRight}{ArrowLeft}{ArrowUp}{ArrowRight}{Enter}");
  expect(onWrite).toHaveBeenCalledWith("Good😀 day!");
  expect(document.activeElement).toBe(field);
});
