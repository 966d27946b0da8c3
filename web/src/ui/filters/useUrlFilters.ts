// Filters, order and chosen row of a page, kept in its address so that a link shows the same.
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { FilterValues } from "./FilterBar";

/** Keeps the named keys of an address, as text or lists of text; the rest is dropped. */
export function searchOf<K extends string>(...keys: K[]) {
  return (raw: Record<string, unknown>): { [P in K]?: string } => {
    const kept: { [P in K]?: string } = {};
    for (const key of keys) {
      const value = raw[key];
      if (value !== undefined && value !== null && value !== "") kept[key] = String(value);
    }
    return kept;
  };
}

export function useUrlFilters<K extends string>() {
  const values = useLocation().search as { [P in K]?: string };
  const navigate = useNavigate();
  const change = useCallback(
    (update: FilterValues) => {
      const flat = Object.fromEntries(
        Object.entries(update).map(([key, value]) => [
          key,
          Array.isArray(value) ? value.join(",") : value,
        ]),
      );
      void navigate({
        to: ".",
        search: (before: Record<string, unknown>) => ({ ...before, ...flat }) as never,
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [values, change] as const;
}
