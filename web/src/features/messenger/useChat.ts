// One test chat: sends as the client, and waits for what the bot sends back.
import { useCallback, useEffect, useMemo, useState } from "react";
import { showProblem } from "@/ui/feedback/notify";
import { caughtEntries, type Entry, inOrder, sentEntry } from "./entries";
import { fetchCaught, sendUpdate, type TestChat, waitSeconds } from "./queries";
import type { Update } from "./wire";

const pauseMs = 3_000;
const kept = 100;

/** What was sent is known to this browser tab only. */
function stored(key: string): Entry[] {
  try {
    return JSON.parse(window.sessionStorage.getItem(key) ?? "[]") as Entry[];
  } catch {
    return [];
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function useChat(chat: TestChat) {
  const key = `connective.messenger.${chat.bot_id}.${chat.chat_id}`;
  const [sent, setSent] = useState<Entry[]>(() => stored(key));
  const [caught, setCaught] = useState<Entry[]>([]);
  const [isLost, setLost] = useState(false);
  const [sending, setSending] = useState(false);
  const { code } = chat.catcher;

  useEffect(() => {
    window.sessionStorage.setItem(key, JSON.stringify(sent.slice(-kept)));
  }, [key, sent]);

  useEffect(() => {
    const control = new AbortController();
    const listen = async () => {
      let since = 0;
      let wait = 0;
      while (!control.signal.aborted) {
        try {
          const { items, last } = await fetchCaught(code, since, wait, control.signal);
          setLost(false);
          const news = caughtEntries(items, chat.chat_id);
          if (news.length > 0) setCaught((before) => [...before, ...news]);
          // The first answer comes at once, with whatever there is; then it waits for news.
          since = Math.max(last, since);
          wait = waitSeconds;
        } catch {
          if (control.signal.aborted) return;
          setLost(true);
          await pause(pauseMs);
        }
      }
    };
    void listen();
    return () => control.abort();
  }, [code, chat.chat_id]);

  const say = useCallback(
    async (update: Update) => {
      setSending(true);
      const at = Date.now();
      try {
        const answer = await sendUpdate(chat.bot_id, update);
        setSent((before) => [...before, sentEntry(answer, at)]);
      } catch (error) {
        showProblem(error);
      } finally {
        setSending(false);
      }
    },
    [chat.bot_id],
  );

  const entries = useMemo(() => inOrder([...sent, ...caught]), [sent, caught]);
  return { entries, say, sending, isLost };
}

export type Chat = ReturnType<typeof useChat>;
