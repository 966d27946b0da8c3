// What is done to messages: the one that is being changed, the one asked about before it goes.
import { useMemo, useState } from "react";
import { useCan } from "@/features/session";
import { useSendAgain } from "../data/actions";
import type { Message } from "../types";
import type { Deeds } from "./deeds";

type Given = Pick<Deeds, "details" | "me" | "reply" | "goTo">;

export function useMessageDeeds({ details, me, reply, goTo }: Given) {
  const [edited, setEdited] = useState<number | null>(null);
  const [removed, setRemoved] = useState<Message | null>(null);
  const [forwarded, setForwarded] = useState<Message | null>(null);
  const forwards = useCan()("requests.reply");
  const { mutate } = useSendAgain(details.request.id);
  const deeds = useMemo<Deeds>(
    () => ({
      details,
      me,
      forwards,
      forward: setForwarded,
      reply,
      goTo,
      edit: (message) => setEdited(message?.id ?? null),
      remove: setRemoved,
      sendAgain: (message) => mutate(message.id),
    }),
    [details, me, forwards, reply, goTo, mutate],
  );
  return { deeds, edited, removed, setRemoved, forwarded, setForwarded };
}
