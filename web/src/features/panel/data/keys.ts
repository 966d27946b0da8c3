// The cache keys of the panel, and the paths of one request.
import { folderCountsKey } from "@/features/duty";

export const keys = {
  lists: ["panel", "list"] as const,
  counters: folderCountsKey,
  request: (id: number) => ["panel", "request", id] as const,
  messages: (id: number) => ["panel", "messages", id] as const,
  scheduled: (id: number) => ["panel", "scheduled", id] as const,
  hits: (id: number, words: string) => ["panel", "hits", id, words] as const,
  log: (id: number) => ["panel", "log", id] as const,
  withBot: ["panel", "with bot"] as const,
};

export const pathOf = (request_id: number) => ({ params: { path: { request_id } } });
