// Which files go plain in a channel.
import { expect, test } from "vitest";
import type { Details } from "../../types";
import { goesPlain } from "../shown";

const details = {
  channel_shows: [
    { kind: "image", most: 1024, mimes: ["image/jpeg", "image/png"] },
    { kind: "video", mimes: ["video/mp4"] },
  ],
} as unknown as Details;

// proves CH-10 (part: told before sending)
test.each([
  ["image/png", 1024, false],
  ["image/png", 1025, true],
  ["image/webp", 10, true],
  ["video/mp4", 50_000_000, false],
  ["video/quicktime", 10, true],
  ["audio/mpeg", 10, true],
  ["application/pdf", 10_000_000, false],
])("a file %s of %i bytes goes plain: %s", (type, size, plain) => {
  expect(goesPlain({ type, size }, details)).toBe(plain);
});

test("a channel that shows everything changes nothing", () => {
  const all = { channel_shows: [{ kind: "image" }] } as unknown as Details;
  expect(goesPlain({ type: "image/tiff", size: 9e9 }, all)).toBe(false);
});
