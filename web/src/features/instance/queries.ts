// What this instance is called, over the API.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, receive } from "@/api/client";

const key = ["instance"];

export type Stored = { name: string; etag: string | null };

export function useInstance() {
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<Stored> => {
      const { data, etag } = await receive(api.GET("/api/v1/instance", { signal }));
      return { name: data.project_name, etag };
    },
    // A form stands on it: it is read anew when it is opened or saved, not under one's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function useSaveInstance(etag: string | null) {
  const cache = useQueryClient();
  return async (project_name: string): Promise<Stored> => {
    const headers = etag === null ? {} : { "If-Match": etag };
    const saved = await receive(api.PUT("/api/v1/instance", { body: { project_name }, headers }));
    const now = { name: saved.data.project_name, etag: saved.etag };
    cache.setQueryData(key, now);
    return now;
  };
}
