// What the server refused of keys, by action.
import { ApiError } from "@/api/problem";

export function refusedOf(failure: unknown): Record<string, string> {
  const errors = failure instanceof ApiError ? failure.errors : [];
  return Object.fromEntries(
    errors.map(({ field, message }) => [field.replace(/^keys\./, ""), message]),
  );
}
