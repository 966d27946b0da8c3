// The token of a page that stands within another site, where no cookie comes along.

/** Such a page lives by its token alone. */
export const isEmbedded = window.location.pathname.startsWith("/embed/");

let current: string | null = null;
/** Of someone who signed in here himself; kept nowhere else. */
let renewal: string | null = null;
const listeners = new Set<() => void>();

export function bearer(): string | null {
  return current;
}

/** Null: nobody is let in. With `refresh` the token can be renewed without the page around. */
export function setBearer(token: string | null, refresh: string | null = null): void {
  renewal = refresh;
  if (current === token) return;
  current = token;
  for (const listener of listeners) listener();
}

/** What renews the token, for one use. */
export function takeRenewal(): string | null {
  const taken = renewal;
  renewal = null;
  return taken;
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
