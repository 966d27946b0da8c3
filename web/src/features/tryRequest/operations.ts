// Looking for an operation by its method, path, group or what it is for.
import type { ImportedOperation } from "./queries";

/** Every word must be found somewhere. */
export function searched(operations: ImportedOperation[], wanted: string): ImportedOperation[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ id, summary, tag }) => {
    const text = `${id} ${summary} ${tag ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
