// What waits to be sent is shown as events tell, and gives its words back when it is cancelled.
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test, vi } from "vitest";
import { keys } from "../../../data/keys";
import { takeEvent } from "../../../data/live";
import { draftOf, keepDraft } from "../../../logic/drafts";
import type { Scheduled } from "../../../types";
import { giveBack, onGivenBack } from "../takenBack";

const me = 5;
let cache: QueryClient;

function scheduled(id: number, change: Partial<Scheduled> = {}): Scheduled {
  return {
    id,
    request_id: 7,
    client_msg_id: `c${id}`,
    state: "waiting",
    author_id: me,
    author_name: "Olha",
    text: `text ${id}`,
    content: null,
    reply_to: null,
    delayed: false,
    send_at: `2026-05-04T1${id}:00:00Z`,
    error: null,
    message_id: null,
    created_at: "2026-05-04T09:00:00Z",
    ...change,
  };
}

const shown = () => cache.getQueryData<Scheduled[]>(keys.scheduled(7))?.map(({ id }) => id);
const happen = (data: object) =>
  takeEvent(
    cache,
    { id: 9, kind: "scheduled_message.changed", data: { request_id: 7, ...data } },
    me,
  );

beforeEach(() => {
  cache = new QueryClient();
  cache.setQueryData(keys.scheduled(7), [scheduled(1), scheduled(2)]);
});

// proves OP-18 (part: scheduled and delayed)
test("what colleagues schedule, move, send or cancel is seen at once, by its moments", () => {
  happen({ scheduled: scheduled(3, { send_at: "2026-05-04T11:30:00Z" }) });
  expect(shown()).toEqual([1, 3, 2]);
  happen({ scheduled: scheduled(1, { send_at: "2026-05-05T10:00:00Z" }) });
  expect(shown()).toEqual([3, 2, 1]);
  happen({ scheduled_id: 2 });
  expect(shown()).toEqual([3, 1]);
});

test("a request that was not opened keeps nothing of it", () => {
  happen({ request_id: 8, scheduled: scheduled(3, { request_id: 8 }) });
  expect(cache.getQueryData(keys.scheduled(8))).toBeUndefined();
});

// proves OP-18 (part: scheduled and delayed)
test("words come back before what was written since, files to the open composer", () => {
  keepDraft(me, 7, { reply: "more" });
  const given = vi.fn();
  const stop = onGivenBack(7, given);
  const attachments = [{ file_id: "a", name: "a.txt", mime: "text/plain" }];
  const content = { attachments, parse_mode: "HTML" } as unknown as Scheduled["content"];
  giveBack(me, scheduled(1, { text: "<b>hello</b> 1 &lt; 2", content }));
  expect(draftOf(me, 7).reply).toBe("<b>hello</b> 1 < 2\nmore");
  expect(given).toHaveBeenCalledWith(attachments);
  stop();
  giveBack(me, scheduled(2));
  expect(given).toHaveBeenCalledTimes(1);
});
