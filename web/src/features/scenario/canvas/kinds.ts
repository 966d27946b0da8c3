// The kinds of nodes as the canvas shows them: an icon each, a hue by what they do.
import type { IconName } from "@/ui/Icon";

type Hue = "begin" | "say" | "ask" | "choose" | "act" | "people" | "note";
type Kind = { icon: IconName; hue: Hue };

const kinds = {
  start: { icon: "play", hue: "begin" },
  entry: { icon: "webhook", hue: "begin" },
  exit: { icon: "logout", hue: "begin" },
  message: { icon: "message", hue: "say" },
  wait: { icon: "help", hue: "ask" },
  keyboard: { icon: "list", hue: "ask" },
  router: { icon: "flow", hue: "choose" },
  action: { icon: "code", hue: "act" },
  operator: { icon: "user", hue: "people" },
  note: { icon: "book", hue: "note" },
} as const satisfies Record<string, Kind>;

type KindName = keyof typeof kinds;

export function isKind(type: string): type is KindName {
  return type in kinds;
}

export function kindOf(type: string): Kind {
  return isKind(type) ? kinds[type] : { icon: "help", hue: "note" };
}
