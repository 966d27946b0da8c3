// Settings that a form stands on: read once, written with the version that was read.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Received } from "@/api/client";

export type Stored<T> = { value: T; etag: string | null };

export function useStored<T>(name: string, read: (signal: AbortSignal) => Promise<Received<T>>) {
  return useQuery({
    queryKey: ["op-settings", name],
    queryFn: async ({ signal }): Promise<Stored<T>> => {
      const { data, etag } = await read(signal);
      return { value: data, etag };
    },
    // It is read anew when it is opened or saved, not under one's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

type IfMatch = { "If-Match"?: string };

export function useSaved<T, V>(
  name: string,
  etag: string | null,
  write: (value: V, headers: IfMatch) => Promise<Received<T>>,
) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (value: V): Promise<Stored<T>> => {
      const saved = await write(value, etag === null ? {} : { "If-Match": etag });
      return { value: saved.data, etag: saved.etag };
    },
    meta: { ownErrors: true },
    onSuccess: (saved) => cache.setQueryData(["op-settings", name], saved),
  }).mutateAsync;
}
