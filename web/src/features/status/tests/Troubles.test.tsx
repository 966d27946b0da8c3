// What is wrong stands first, with what to do.
import { expect, test } from "vitest";
import { show } from "@/testing/render";
import type { Check } from "../queries";
import { Troubles, troublesOf } from "../Troubles";

function check(name: string, state: string): Check {
  const todo = state === "ok" || state === "off" ? null : `mend ${name}`;
  return {
    name,
    label: name,
    state,
    detail: `${name} is ${state}`,
    facts: {},
    todo,
    ms: 1,
    since: null,
  };
}

// proves SE-21 (part: page)
test("what is broken comes before what needs attention, and the rest is not told", () => {
  const all = [check("disk", "warn"), check("mail", "off"), check("database", "error")];
  expect(troublesOf([...all, check("jobs", "ok")]).map(({ name }) => name)).toEqual([
    "database",
    "disk",
  ]);
});

// proves SE-21 (part: page)
test("each trouble says what to do, and without any nothing is shown", async () => {
  const { findByText, container, unmount } = await show(
    <Troubles checks={[check("disk", "warn")]} />,
  );
  await findByText("mend disk");
  expect(container.textContent).toContain("disk is warn");
  unmount();
  const calm = await show(<Troubles checks={[check("mail", "off")]} />);
  expect(calm.queryByRole("alert")).toBeNull();
});
