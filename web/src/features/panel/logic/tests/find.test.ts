// Words and days that are looked for in a conversation.
import { expect, test } from "vitest";
import { beginningOf, dayOf, partsOf } from "../find";

const marked = (text: string, words: string) =>
  partsOf(text, words).map((part) => (part.isHit ? `[${part.text}]` : part.text));

// proves OP-16 (part: in the app)
test("what is looked for is marked wherever it stands, in any case", () => {
  expect(marked("Замовлення та ЗАМОВЛЕННЯ", "замовлення")).toEqual([
    "[Замовлення]",
    " та ",
    "[ЗАМОВЛЕННЯ]",
  ]);
  expect(marked("costs 10.0$ (or so)", "0$ (")).toEqual(["costs 10.", "[0$ (]", "or so)"]);
  expect(marked("nothing here", "absent")).toEqual(["nothing here"]);
  expect(marked("as it is", "")).toEqual(["as it is"]);
});

// proves OP-16 (part: in the app)
test("a day begins at midnight of the reader's zone, also when the clock changes", () => {
  expect(beginningOf("2026-05-04", "Europe/Kyiv")).toBe("2026-05-03T21:00:00.000Z");
  expect(beginningOf("2026-01-15", "Europe/Kyiv")).toBe("2026-01-14T22:00:00.000Z");
  expect(beginningOf("2026-03-30", "Europe/Kyiv")).toBe("2026-03-29T21:00:00.000Z");
  expect(beginningOf("2026-05-04", "America/New_York")).toBe("2026-05-04T04:00:00.000Z");
  expect(beginningOf("2026-05-04", "UTC")).toBe("2026-05-04T00:00:00.000Z");
});

test("the day of a moment is the reader's", () => {
  expect(dayOf(Date.parse("2026-05-03T22:30:00Z"), "Europe/Kyiv")).toBe("2026-05-04");
  expect(dayOf(Date.parse("2026-05-03T22:30:00Z"), "America/New_York")).toBe("2026-05-03");
});
