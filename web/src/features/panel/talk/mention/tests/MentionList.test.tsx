// Naming colleagues in a note by the keyboard, and what becomes of those who were chosen.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef, useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answer, show } from "@/testing/render";
import type { Kind } from "../../useComposer";
import { MentionList } from "../MentionList";
import { useChosen } from "../useChosen";
import { useMentioning } from "../useMentioning";

const people = ["Ann Tester", "Bohdan Tester", "Іван Коваль"].map((name, id) => ({ id, name }));
const sent = vi.fn();

function Note({ kind }: { kind: Kind }) {
  const [text, write] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  const mentions = useChosen(1, 7, text);
  const { list, field, takesKey } = useMentioning(7, { kind, text, write, mentions }, input);
  return (
    <>
      <textarea
        ref={input}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        {...field}
        onKeyDown={(event) => takesKey(event) || (event.key === "Enter" && sent(text))}
      />
      <MentionList {...list} />
      <output>{mentions.people.map(({ name }) => name).join()}</output>
    </>
  );
}

beforeEach(() => {
  sent.mockClear();
  localStorage.clear();
  vi.stubGlobal("fetch", async (asked: Request) => {
    const wanted = new URL(asked.url).searchParams.get("q")?.toLowerCase() ?? "";
    return answer(
      200,
      people.filter(({ name }) => name.toLowerCase().includes(wanted)),
    );
  });
});
afterEach(() => vi.unstubAllGlobals());

const names = () => screen.queryAllByRole("option").map((one) => one.textContent);
const marked = () => screen.getByRole("option", { selected: true });
const field = () => screen.getByRole<HTMLTextAreaElement>("textbox");

async function typed(text: string) {
  const user = userEvent.setup();
  await user.click(field());
  await user.keyboard(text);
  return user;
}

// proves OP-18 (part: mentions)
test("arrows mark, Enter and Tab choose, letters narrow, and a removed name is no mention", async () => {
  await show(<Note kind="note" />);
  const user = await typed("ask @");
  await waitFor(() => expect(names()).toHaveLength(3));
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
  expect(marked().textContent).toBe("Bohdan Tester");
  expect(field().getAttribute("aria-activedescendant")).toBe(marked().id);
  expect(field().getAttribute("aria-controls")).toBe(screen.getByRole("listbox").id);
  await user.keyboard("{Enter}");
  expect(field().value).toBe("ask @Bohdan Tester ");
  expect(names()).toEqual([]);
  await user.keyboard("and @ів");
  await waitFor(() => expect(names()).toEqual(["Іван Коваль"]));
  await user.keyboard("{Tab}");
  expect(screen.getByRole("status").textContent).toBe("Bohdan Tester,Іван Коваль");
  await user.keyboard("{Backspace}{Backspace}");
  expect(screen.getByRole("status").textContent).toBe("Bohdan Tester");
  expect(sent).not.toHaveBeenCalled();
});

// proves OP-18 (part: mentions)
test("Escape puts the list away until the next name; Enter goes on where nobody is found", async () => {
  await show(<Note kind="note" />);
  const user = await typed("@a");
  await screen.findByRole("option", { name: "Ann Tester" });
  await user.keyboard("{Escape}n");
  expect(names()).toEqual([]);
  await user.keyboard("{Backspace}{Backspace}{Backspace}@");
  await waitFor(() => expect(names()).toHaveLength(3));
  await user.keyboard("nobody");
  await screen.findByText("No colleague of this name sees this request.");
  await user.keyboard("{Enter}");
  expect(sent).toHaveBeenCalledOnce();
});

test("a reply to the client names nobody", async () => {
  const asked = vi.fn();
  vi.stubGlobal("fetch", asked);
  await show(<Note kind="reply" />);
  await typed("@a");
  expect(asked).not.toHaveBeenCalled();
  expect(screen.queryByRole("listbox")).toBeNull();
});
