// Who is signed in, what they may do, and signing in and out.
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { isEmbedded, setBearer } from "@/api/bearer";
import { api, asksSessionHeader, send } from "@/api/client";
import { queryClient } from "@/api/query";
import { isLanguage, type Language, setLanguage } from "@/i18n";
import { setZone } from "@/i18n/zone";

export type Credentials = { email: string; password: string; otp?: string };

async function fetchMe() {
  const headers = { [asksSessionHeader]: "1" };
  const me = await send(api.GET("/api/v1/auth/me", { headers }));
  setZone(me.timezone);
  // within another site the language is that site's
  if (isLanguage(me.language) && !isEmbedded) await setLanguage(me.language);
  return me;
}

export type Me = Awaited<ReturnType<typeof fetchMe>>;

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: fetchMe,
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

/** `const can = useCan(); can("bots.edit")`. */
export function useCan(): (permission: string) => boolean {
  const me = useMe();
  return useCallback(
    (permission: string) => Boolean(me?.is_root || me?.permissions.includes(permission)),
    [me],
  );
}

export async function signIn(credentials: Credentials): Promise<Me> {
  const opened = await send(api.POST("/api/v1/auth/login", { body: credentials }));
  if (isEmbedded) setBearer(opened.access_token, opened.refresh_token);
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  return queryClient.fetchQuery(meQuery);
}

export function useSignOut(): () => Promise<void> {
  const cache = useQueryClient();
  return useCallback(async () => {
    await send(api.POST("/api/v1/auth/logout"));
    cache.clear();
    window.location.assign("/login");
  }, [cache]);
}

/** Keeps the chosen language in the profile; the interface has switched already. */
export function useSaveLanguage(): (language: Language) => void {
  const cache = useQueryClient();
  return useCallback(
    async (language: Language) => {
      const me = await send(api.PATCH("/api/v1/me", { body: { language } }));
      cache.setQueryData(meQuery.queryKey, me);
    },
    [cache],
  );
}
