// The sites that may show the panel, over the API.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, send } from "@/api/client";

const queryKey = ["embed", "origins"];

export function useOrigins() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => send(api.GET("/api/v1/embed/origins", { signal })),
  });
}

export function usePutOrigins() {
  const cache = useQueryClient();
  return async (origins: string[]) => {
    const now = await send(api.PUT("/api/v1/embed/origins", { body: { origins } }));
    cache.setQueryData(queryKey, now);
    return now;
  };
}
