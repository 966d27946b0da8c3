// Who else is at the opened request: colleagues who look or write, and the client's typing.
import { createContext, useContext } from "react";
import { live } from "@/api/live";
import { useOthers } from "@/api/useLive";

type Viewer = { id: number; name: string; typing: boolean };
export type Others = { viewers: Viewer[]; clientTypes: boolean };

const nobody: Others = { viewers: [], clientTypes: false };
const OthersHere = createContext<Others>(nobody);

export const OthersProvider = OthersHere.Provider;
export const topicOf = (id: number) => `request:${id}`;

/** To be listened to from the beginning: those who are there already are told once. */
export function useOthersAt(id: number): Others {
  const { present, typing } = useOthers(topicOf(id));
  const writing = new Set(typing.map(({ kind, id: who }) => `${kind} ${who}`));
  const viewers = present.flatMap(({ who, as }): Viewer[] => {
    if (who.kind !== "user" || who.id === null) return [];
    const writes = as === "typing" || writing.has(`user ${who.id}`);
    return [{ id: who.id, name: who.name, typing: writes }];
  });
  return { viewers, clientTypes: typing.some(({ kind }) => kind === "client") };
}

export function useOthersHere(): Others {
  return useContext(OthersHere);
}

/** A note is written unseen by the client. */
export function sayTyping(id: number, on: boolean): void {
  live.sendTyping(topicOf(id), on);
}
