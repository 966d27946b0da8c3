// Cache rules of the app: temporary failures are tried again, refusals are shown.
import { MutationCache, QueryClient } from "@tanstack/react-query";
import { showProblem } from "@/ui/feedback/notify";
import { ApiError, isTemporary } from "./problem";

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: {
      /** The form that started the change shows its refusal itself; "all": every failure. */
      ownErrors?: boolean | "all";
    };
  }
}

function isShownByForm(error: Error): boolean {
  return error instanceof ApiError && error.status > 0 && error.status < 500;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && isTemporary(error),
    },
    mutations: { retry: false, networkMode: "always" },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      const own = mutation.meta?.ownErrors;
      if (own === "all" || (own && isShownByForm(error))) return;
      showProblem(error);
    },
  }),
});
