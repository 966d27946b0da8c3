// The token of a page that stands within another site, where no cookie comes along.

/** Such a page lives by its token alone. */
export const isEmbedded = window.location.pathname.startsWith("/embed/");

let current: string | null = null;
const listeners = new Set<() => void>();

export function bearer(): string | null {
  return current;
}

/** Null: nobody is let in. */
export function setBearer(token: string | null): void {
  if (current === token) return;
  current = token;
  for (const listener of listeners) listener();
}

export function onBearer(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The header of a call, where there is a token. */
export function authorization(): Record<string, string> {
  return current === null ? {} : { Authorization: `Bearer ${current}` };
}

/** When a token ends, in milliseconds; null for what is no token. */
export function endOf(token: string): number | null {
  try {
    const [, claims = ""] = token.split(".");
    const { exp } = JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/"))) as {
      exp?: unknown;
    };
    return typeof exp === "number" ? exp * 1000 : null;
  } catch {
    return null;
  }
}
