// What a line of the conversation can ask for; one object for all of them.
import { createContext, useContext } from "react";
import type { Details, Message } from "../types";

export type Deeds = {
  details: Details;
  me: number;
  /** Whether one may write to clients at all. */
  forwards: boolean;
  forward: (message: Message) => void;
  reply: (message: Message) => void;
  /** Null leaves the message as it is. */
  edit: (message: Message | null) => void;
  remove: (message: Message) => void;
  sendAgain: (message: Message) => void;
  goTo: (seq: number) => void;
};

const DeedsHere = createContext<Deeds | null>(null);
export const DeedsProvider = DeedsHere.Provider;

export function useDeeds(): Deeds {
  const deeds = useContext(DeedsHere);
  if (!deeds) throw new Error("a line stands outside of a conversation");
  return deeds;
}
