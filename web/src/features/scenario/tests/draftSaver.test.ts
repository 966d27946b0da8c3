// Writes of a draft: never two at once, never beside a restoration, never over somebody else's.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError } from "@/api/problem";
import { DraftSaver, pauseMs, retryMs } from "../draftSaver";
import type { Graph } from "../graph/document";

const named = (name: string): Graph => ({
  format: "scenario",
  format_version: 1,
  sections: [{ id: 1, name, is_start: true }],
  nodes: [{ id: 1, section_id: 1, type: "start" }],
});
const [first, second, third] = [named("first"), named("second"), named("third")];
const stale = new ApiError(409, { code: "stale_rev" });
const offline = new ApiError(0, {});

/** A server with one draft; `meanwhile` is what somebody else writes into it. */
function serve() {
  const stored = { rev: 1, graph: first };
  const gate = { opened: Promise.resolve(), open: () => {} };
  const failures: ApiError[] = [];
  const writes: number[] = [];
  let running = 0;
  const write = vi.fn(async (rev: number, graph: Graph) => {
    running += 1;
    expect(running).toBe(1);
    writes.push(rev);
    await gate.opened;
    running -= 1;
    const failure = failures.shift();
    if (failure) throw failure;
    if (rev !== stored.rev) throw stale;
    Object.assign(stored, { rev: rev + 1, graph });
    return { rev: rev + 1 };
  });
  return {
    stored,
    writes,
    write,
    failures,
    read: async () => ({ ...stored }),
    meanwhile: (graph: Graph) => Object.assign(stored, { rev: stored.rev + 1, graph }),
    close: () => {
      gate.opened = new Promise((open) => {
        gate.open = () => open();
      });
    },
    open: () => gate.open(),
  };
}

let server: ReturnType<typeof serve>;
let saver: DraftSaver<{ rev: number; graph: Graph }>;

beforeEach(() => {
  vi.useFakeTimers();
  server = serve();
  saver = new DraftSaver({ rev: 1, graph: first }, server);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("storing", () => {
  test("waits for a pause and writes the last change only", async () => {
    saver.edit(second);
    await pass(pauseMs - 1);
    saver.edit(third);
    await pass(pauseMs);
    expect(server.writes).toEqual([1]);
    expect(server.stored).toEqual({ rev: 2, graph: third });
    expect(saver.current().state).toBe("saved");
  });

  test("asked for now, it is not repeated when the pause is over", async () => {
    saver.edit(second);
    expect(await saver.settle()).toBe(true);
    await pass(10 * pauseMs);
    expect(server.writes).toEqual([1]);
  });

  test("a change during a write is written after it, from its revision", async () => {
    server.close();
    saver.edit(second);
    await pass(pauseMs);
    saver.edit(third);
    const settled = saver.settle();
    server.open();
    expect(await settled).toBe(true);
    expect(server.writes).toEqual([1, 2]);
    expect(server.stored.graph).toBe(third);
  });

  test("what undo has led back to the stored draft is not written", async () => {
    saver.edit(second);
    saver.edit(first);
    await pass(pauseMs);
    expect(server.writes).toEqual([]);
    expect(saver.current().state).toBe("saved");
  });

  test("without a connection it is tried again", async () => {
    server.failures.push(offline);
    saver.edit(second);
    await pass(pauseMs);
    expect(saver.current()).toMatchObject({ state: "waiting", failure: offline });
    await pass(retryMs);
    expect(saver.current()).toMatchObject({ state: "saved", failure: null });
  });

  test("a refused document waits for the next change", async () => {
    const refusal = new ApiError(422, { code: "scenario_structure" });
    server.failures.push(refusal);
    saver.edit(second);
    await pass(pauseMs);
    expect(saver.current()).toMatchObject({ state: "refused", failure: refusal });
    await pass(10 * retryMs);
    expect(server.writes).toHaveLength(1);
    saver.edit(third);
    await pass(pauseMs);
    expect(server.stored.graph).toBe(third);
  });
});

describe("a restoration", () => {
  test("begins with everything stored", async () => {
    server.close();
    saver.edit(second);
    await pass(pauseMs);
    saver.edit(third);
    const restore = vi.fn(async (rev: number) => {
      expect(server.stored).toEqual({ rev, graph: third });
      saver.take(server.meanwhile(first));
    });
    const done = saver.alone(restore);
    server.open();
    await done;
    expect(restore).toHaveBeenCalledOnce();
    expect(saver.current().state).toBe("saved");
  });

  // proves SC-23 (part: drafts)
  test("is alone: no write begins beside it, and none of the old document after it", async () => {
    saver.edit(second);
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const done = saver.alone(async () => {
      await held;
      saver.take(server.meanwhile(first));
    });
    await pass(10 * pauseMs);
    expect(server.writes).toEqual([1]);
    finish();
    await done;
    await pass(10 * pauseMs);
    expect(server.writes).toEqual([1]);
    saver.edit(third);
    await pass(pauseMs);
    expect(server.writes).toEqual([1, 3]);
    expect(saver.current().state).toBe("saved");
  });

  test("does not begin over a draft that cannot be stored", async () => {
    server.failures.push(offline);
    saver.edit(second);
    const restore = vi.fn();
    await expect(saver.alone(restore)).rejects.toBe(offline);
    expect(restore).not.toHaveBeenCalled();
    await pass(pauseMs);
    expect(server.stored.graph).toBe(second);
  });

  test("a change made during a refused one is written afterwards", async () => {
    const refusal = new ApiError(409, { code: "already_current" });
    const done = saver.alone(async () => {
      saver.edit(second);
      await pass(10 * pauseMs);
      expect(server.writes).toEqual([]);
      throw refusal;
    });
    await expect(done).rejects.toBe(refusal);
    await pass(pauseMs);
    expect(server.stored.graph).toBe(second);
  });
});

describe("a conflict", () => {
  beforeEach(async () => {
    server.meanwhile(third);
    saver.edit(second);
    await pass(pauseMs);
  });

  test("shows what the server holds and writes nothing more", async () => {
    expect(saver.current()).toMatchObject({ state: "conflict", theirs: { rev: 2, graph: third } });
    saver.edit(named("fourth"));
    expect(await saver.settle()).toBe(false);
    await pass(10 * retryMs);
    expect(server.stored.graph).toBe(third);
  });

  test("ends with their draft", async () => {
    saver.take(server.stored);
    expect(saver.current()).toEqual({ state: "saved", failure: null, theirs: null });
  });

  test("ends with mine, and gives theirs back", async () => {
    expect((await saver.overwrite()).graph).toBe(third);
    expect(server.stored.graph).toBe(second);
    expect(saver.current().state).toBe("saved");
  });

  test("comes back when they write once more", async () => {
    server.meanwhile(first);
    await saver.overwrite();
    expect(saver.current()).toMatchObject({ state: "conflict", theirs: { graph: first } });
  });
});

test("a publication of a draft that somebody else has changed shows the conflict", async () => {
  server.meanwhile(third);
  const publish = async (rev: number) => {
    if (rev !== server.stored.rev) throw stale;
  };
  await expect(saver.alone(publish)).rejects.toBe(stale);
  expect(saver.current()).toMatchObject({ state: "conflict", theirs: { graph: third } });
});

test("a write whose answer was lost does not conflict with itself", async () => {
  saver.edit(second);
  server.failures.push(offline);
  await pass(pauseMs);
  // The server had stored it, and gives it back with its keys in another order.
  const { nodes, ...rest } = second;
  server.meanwhile({ nodes, ...rest });
  await pass(retryMs);
  expect(saver.current()).toMatchObject({ state: "saved", failure: null });
  expect(await saver.settle()).toBe(true);
});
