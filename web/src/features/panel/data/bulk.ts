// One action for many requests: portion by portion, with what has become of each.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { api, send } from "@/api/client";
import { problemText } from "@/ui/feedback/notify";
import { type BulkItem, type Change, portions, type Step } from "../logic/bulk";
import type { Request } from "../types";
import { refreshRequest } from "./actions";

export type Failed = Pick<BulkItem, "id" | "code" | "message" | "errors">;
export type Outcome = { done: number[]; unchanged: number[]; failed: Failed[] };
/** What goes on, or went on last, and how much of it is settled. */
export type Going = Outcome & { change: Change; asked: Request[]; busy: boolean };

/** Not even asked: the call itself failed, and those after it were not tried. */
function unasked(ids: number[], error: unknown): Failed[] {
  const message = problemText(error);
  return ids.map((id) => ({ id, code: "unasked", message, errors: [] }));
}

async function ask(ids: number[], change: Change): Promise<Outcome> {
  const { results } = await send(api.POST("/api/v1/requests/bulk", { body: { ids, ...change } }));
  const of = (outcome: BulkItem["outcome"]) => results.filter((item) => item.outcome === outcome);
  return {
    done: of("done").map(({ id }) => id),
    unchanged: of("unchanged").map(({ id }) => id),
    failed: of("refused"),
  };
}

const nothing: Outcome = { done: [], unchanged: [], failed: [] };

function joined(left: Outcome, right: Outcome): Outcome {
  return {
    done: [...left.done, ...right.done],
    unchanged: [...left.unchanged, ...right.unchanged],
    failed: [...left.failed, ...right.failed],
  };
}

/** `onTold` hears how far it is. */
async function goThrough({ ids, change }: Step, onTold: (so: Outcome) => void): Promise<Outcome> {
  let so = nothing;
  for (const portion of portions(ids)) {
    try {
      so = joined(so, await ask(portion, change));
    } catch (error) {
      const settled = new Set([...so.done, ...so.unchanged, ...so.failed.map(({ id }) => id)]);
      const left = ids.filter((id) => !settled.has(id));
      return joined(so, { ...nothing, failed: unasked(left, error) });
    }
    onTold(so);
  }
  return so;
}

export function useBulk() {
  const cache = useQueryClient();
  const [going, setGoing] = useState<Going | null>(null);
  const isBusy = useRef(false);

  const settle = useCallback(
    (ids: number[]) => {
      for (const id of ids) refreshRequest(cache, id);
    },
    [cache],
  );

  const run = useCallback(
    async (asked: Request[], change: Change): Promise<Outcome | null> => {
      if (isBusy.current || asked.length === 0) return null;
      isBusy.current = true;
      const show = (so: Outcome, busy: boolean) => setGoing({ ...so, change, asked, busy });
      show(nothing, true);
      const ids = asked.map(({ id }) => id);
      const so = await goThrough({ ids, change }, (told) => show(told, true));
      isBusy.current = false;
      settle(ids);
      show(so, false);
      if (so.failed.length === 0) setGoing(null);
      return so;
    },
    [settle],
  );

  /** What takes an action back; gives how many did not let it. */
  const takeBack = useCallback(
    async (steps: Step[]): Promise<number> => {
      let failed = 0;
      for (const step of steps) {
        failed += (await goThrough(step, () => undefined)).failed.length;
        settle(step.ids);
      }
      return failed;
    },
    [settle],
  );

  const dismiss = useCallback(() => setGoing((now) => (now?.busy ? now : null)), []);
  return { going, run, takeBack, dismiss };
}
