// The timers of chats between the server's form and the page's, and what is refused.
import { expect, test } from "vitest";
import type { TimerRules } from "../queries";
import { newOverride, overrideFaults, timerChangeOf, timerFaults, timerValuesOf } from "../timers";

const rules: TimerRules = {
  use: true,
  minutes: 15,
  action: "close",
  warn_minutes_before: 5,
  warn_text: { en: "Still there?" },
  farewell_text: {},
  infinite_group_chats: true,
  operator: { minutes: 3, action: "redistribute" },
  overrides: [
    {
      channel: null,
      topic_id: 7,
      group_id: null,
      use: null,
      minutes: 60,
      action: "notify",
      warn_minutes_before: null,
      operator: null,
    },
    {
      channel: "custom_channel",
      topic_id: null,
      group_id: null,
      use: false,
      minutes: null,
      action: null,
      warn_minutes_before: null,
      operator: null,
    },
  ],
};

// proves SE-17 (part: in the app)
test("what is stored comes back as it was; what is empty is as everywhere", () => {
  expect(timerChangeOf(timerValuesOf(rules))).toEqual(rules);
  const none = { ...rules, warn_minutes_before: null, operator: null };
  expect(timerChangeOf(timerValuesOf(none))).toEqual(none);
});

test("a text of spaces is no text", () => {
  const values = { ...timerValuesOf(rules), warn_text: { en: "  ", uk: "Ви тут?" } };
  expect(timerChangeOf(values).warn_text).toEqual({ uk: "Ви тут?" });
});

// proves SE-17 (part: in the app)
test("0, a negative number and a text are refused at their field", () => {
  const values = timerValuesOf(rules);
  for (const minutes of [0, -5, "soon", "", 1.5, 10_081]) {
    expect(timerFaults({ ...values, minutes, warn_minutes_before: "" })).toEqual({
      minutes: "minutes",
    });
  }
  expect(timerFaults({ ...values, operator: 0 })).toEqual({ operator: "minutes" });
  expect(timerFaults(values)).toEqual({});
});

test("a warning comes after the beginning, and may be left out", () => {
  const values = timerValuesOf(rules);
  expect(timerFaults({ ...values, warn_minutes_before: 15 })).toEqual({
    warn_minutes_before: "warnsTooEarly",
  });
  expect(timerFaults({ ...values, warn_minutes_before: "" })).toEqual({});
});

test("an exception says for what it is, and is held to the general time where it has none", () => {
  const other = newOverride();
  expect(overrideFaults(other, 15)).toEqual({ of: "chooseScope" });
  expect(overrideFaults({ ...other, of: "7", warn: 20 }, 15)).toEqual({ warn: "warnsTooEarly" });
  expect(overrideFaults({ ...other, of: "7", warn: 20, minutes: 30 }, 15)).toEqual({});
  const values = timerValuesOf(rules);
  expect(timerFaults({ ...values, overrides: [other] })).toEqual({ overrides: "chooseScope" });
});
