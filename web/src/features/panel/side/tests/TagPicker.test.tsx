// Tags by typing: one that is there, and one that is made.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { type Me, meQuery } from "@/features/session";
import { answer, newCache, show } from "@/testing/render";
import { TagPicker } from "../TagPicker";

afterEach(() => vi.unstubAllGlobals());

const tag = (id: number, name: string) => ({ id, name, color: "", active: true });

// proves OP-19 (part: tags by typing)
test("what no tag is called yet is offered as a new one, below those that are alike", async () => {
  const made: unknown[] = [];
  vi.stubGlobal("fetch", async (asked: Request) => {
    if (asked.method === "GET")
      return answer(200, { items: [tag(3, "refunds")], next_cursor: null });
    made.push(await asked.json());
    return answer(201, tag(9, "refund"));
  });
  const onChange = vi.fn();
  const cache = newCache();
  cache.setQueryData(meQuery.queryKey, { permissions: ["tags.create"] } as unknown as Me);
  await show(<TagPicker value={[1]} onChange={onChange} />, "en", cache);
  const user = userEvent.setup();
  await user.type(screen.getByRole("combobox", { name: "Tags" }), "refund");
  await waitFor(() =>
    expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual([
      "refunds",
      "Create “refund”",
    ]),
  );
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => expect(onChange).toHaveBeenCalledWith([1, 9]));
  expect(made).toEqual([{ name: "refund", color: "" }]);
});
