// "Firefox, Linux" of a User-Agent header; null for what is not a browser.
const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/Windows/, "Windows"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

function firstOf(list: [RegExp, string][], agent: string): string | undefined {
  return list.find(([pattern]) => pattern.test(agent))?.[1];
}

export function deviceOf(agent: string | null): string | null {
  if (!agent) return null;
  const parts = [firstOf(browsers, agent), firstOf(systems, agent)].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : agent.slice(0, 60);
}
