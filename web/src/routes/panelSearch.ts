// What stands in the address of a list of requests.
import { searchOf } from "@/ui/filters/useUrlFilters";

const folders = ["my", "unassigned", "queue", "bot", "closed", "all"] as const;
const sorts = ["last_message_at", "waiting", "created_at"] as const;

function oneOf<T extends string>(known: readonly T[], word: unknown): T | undefined {
  return known.find((one) => one === word);
}

const search = searchOf("folder", "sort", "q", "assignee_id", "utm_source", "utm_campaign");

export function panelSearch(raw: Record<string, unknown>) {
  const { folder, sort, ...rest } = search(raw);
  const known = { folder: oneOf(folders, folder), sort: oneOf(sorts, sort), ...rest };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as {
    folder?: (typeof folders)[number];
    sort?: (typeof sorts)[number];
    q?: string;
    assignee_id?: string;
    utm_source?: string;
    utm_campaign?: string;
  };
}
