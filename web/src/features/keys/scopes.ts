// The scopes of API keys, by what they open.
export const readWrite = [
  "bots",
  "channels",
  "scenarios",
  "users",
  "chats",
  "tickets",
  "clients",
  "custom_data",
  "webhooks",
  "settings",
] as const;

export const single = [
  "scenario:run",
  "broadcast:send",
  "statistics:read",
  "embed:create",
] as const;

/** Reading everything and starting scenarios: what most integrations need. */
export const usual: string[] = [...readWrite.map((what) => `${what}:read`), "scenario:run"];

/** Writing includes reading in what people expect; choosing one adds the other. */
export function toggleScope(chosen: string[], scope: string, on: boolean): string[] {
  const rest = chosen.filter((one) => one !== scope);
  if (!on) {
    const [what, verb] = scope.split(":");
    return verb === "read" ? rest.filter((one) => one !== `${what}:write`) : rest;
  }
  const [what, verb] = scope.split(":");
  const read = `${what}:read`;
  const adds = verb === "write" && !rest.includes(read) ? [read, scope] : [scope];
  return [...rest, ...adds];
}
