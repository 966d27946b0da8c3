// The one entrance of the frame, with the server and the page around it.
import { bearer, endOf, setBearer, takeRenewal } from "@/api/bearer";
import { api, asksSessionHeader, send } from "@/api/client";
import { ApiError } from "@/api/problem";
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
  const { user_id, title } = found;
  return { user_id, title, context: found.context as Data };
}

async function renewed(): Promise<number | null> {
  const refresh_token = takeRenewal();
  if (refresh_token === null) return null;
  try {
    const given = await send(api.POST("/api/v1/auth/refresh", { body: { refresh_token } }));
    setBearer(given.access_token, given.refresh_token);
    return endOf(given.access_token);
  } catch (error) {
    // not heard by the server: good for another try
    if (error instanceof ApiError && error.status === 0) setBearer(bearer(), refresh_token);
    return null;
  }
}

export const entrance = new Entrance({
  isThere: parent.isThere,
  tell: (type, data, id) => parent.tell(type, data, id),
  check,
  renewed,
  forget: () => queryClient.clear(),
});

/** The token in the address, which is taken out of it. */
export function tokenOfAddress(): string | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (token) window.history.replaceState(null, "", window.location.href.split("#")[0]);
  return token;
}
