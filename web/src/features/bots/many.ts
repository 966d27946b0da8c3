// One action for several bots, one after the other, with what has become of each.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, send } from "@/api/client";
import { problemText } from "@/ui/feedback/notify";
import type { BotListed } from "./queries";

export type BotsChange = { active: boolean } | { group_id: number | null };
/** What was refused, or what a bot still lacks though it was done. */
export type Told = { bot: BotListed; failed: boolean; said: string };
export type Outcome = { done: BotListed[]; told: Told[] };
type Going = Outcome & { change: BotsChange; asked: number; busy: boolean };

const of = (bot: BotListed) => ({ params: { path: { bot_id: bot.id } } });

/** Sentences about what the bot lacks. */
async function changeOne(bot: BotListed, change: BotsChange): Promise<string[]> {
  if ("group_id" in change) {
    await send(api.PATCH("/api/v1/bots/{bot_id}", { ...of(bot), body: change }));
    return [];
  }
  const { warnings } = await send(
    change.active
      ? api.POST("/api/v1/bots/{bot_id}/activate", of(bot))
      : api.POST("/api/v1/bots/{bot_id}/deactivate", of(bot)),
  );
  return warnings.map(({ message }) => message);
}

/** Bots that are not yet so. */
export function differing(bots: BotListed[], change: BotsChange): BotListed[] {
  return bots.filter((bot) =>
    "group_id" in change ? bot.group_id !== change.group_id : bot.active !== change.active,
  );
}

/** The changes by which every bot gets back what it had. */
export function waysBack(done: BotListed[], change: BotsChange): [BotListed[], BotsChange][] {
  if ("active" in change) return [[done, { active: !change.active }]];
  return [...new Set(done.map((bot) => bot.group_id))].map((group_id) => [
    done.filter((bot) => bot.group_id === group_id),
    { group_id },
  ]);
}

export function useManyBots() {
  const cache = useQueryClient();
  const [going, setGoing] = useState<Going | null>(null);

  const run = async (asked: BotListed[], change: BotsChange): Promise<Outcome> => {
    let so: Outcome = { done: [], told: [] };
    const show = (busy: boolean) => setGoing({ ...so, change, asked: asked.length, busy });
    show(true);
    for (const bot of asked) {
      try {
        const lacks = await changeOne(bot, change);
        const told = lacks.map((said) => ({ bot, failed: false, said }));
        so = { done: [...so.done, bot], told: [...so.told, ...told] };
      } catch (error) {
        so = { ...so, told: [...so.told, { bot, failed: true, said: problemText(error) }] };
      }
      show(true);
    }
    void cache.invalidateQueries({ queryKey: ["bots"] });
    void cache.invalidateQueries({ queryKey: ["bot-groups"] });
    show(false);
    if (so.told.length === 0) setGoing(null);
    return so;
  };
  return { going, run, dismiss: () => setGoing(null) };
}
