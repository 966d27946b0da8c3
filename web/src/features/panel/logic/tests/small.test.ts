// Files that are refused before they go, and moments at which a pause ends.
import { expect, test } from "vitest";
import { mostBytes, mostFiles, refusalOf } from "@/api/fileLimits";
import { reactionsOf } from "@/ui/chat/content";
import { wakeUps } from "../wakeUps";

// proves OP-18 (part: in the app)
test("what the server would refuse is refused before it is uploaded", () => {
  expect(refusalOf({ name: "order.pdf", size: 10 }, 0)).toBeNull();
  expect(refusalOf({ name: "film.mp4", size: mostBytes + 1 }, 0)).toBe("tooLarge");
  expect(refusalOf({ name: "Setup.EXE", size: 10 }, 0)).toBe("executable");
  expect(refusalOf({ name: "empty.txt", size: 0 }, 0)).toBe("empty");
  expect(refusalOf({ name: "order.pdf", size: 10 }, mostFiles)).toBe("tooMany");
});

test("a pause ends in an hour, this evening while it is ahead, or tomorrow morning", () => {
  const at = (hour: number) => new Date(2026, 4, 4, hour, 30);
  const shown = (hour: number) =>
    wakeUps(at(hour)).map(({ name, at: end }) => `${name} ${end.getDate()} ${end.getHours()}`);
  expect(shown(10)).toEqual(["hour 4 11", "evening 4 18", "tomorrow 5 9"]);
  expect(shown(20)).toEqual(["hour 4 21", "tomorrow 5 9"]);
});

test("reactions of the client are words of the channel, whatever else it tells", () => {
  expect(reactionsOf({ reactions: ["👍", 7, "🔥"] })).toEqual(["👍", "🔥"]);
  expect(reactionsOf({ reactions: "👍" })).toEqual([]);
  expect(reactionsOf(null)).toEqual([]);
});
