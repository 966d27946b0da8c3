// The one entrance of the frame, with the server and the page around it.
import { api, asksSessionHeader, send } from "@/api/client";
import { queryClient } from "@/api/query";
import { meQuery } from "@/features/session";
import { Entrance } from "./entry";
import { parent } from "./parent";
import type { Data } from "./protocol";

async function check() {
  const headers = { [asksSessionHeader]: "1" };
  const query = { parent: parent.origin ?? undefined };
  const found = await send(api.GET("/api/v1/embed/session", { headers, params: { query } }));
  await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
  return { user_id: found.user_id, context: found.context as Data };
}

export const entrance = new Entrance({
  isThere: parent.isThere,
  tell: (type, data, id) => parent.tell(type, data, id),
  check,
  forget: () => queryClient.clear(),
});

/** The token in the address, which is taken out of it. */
export function tokenOfAddress(): string | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (token) window.history.replaceState(null, "", window.location.href.split("#")[0]);
  return token;
}
