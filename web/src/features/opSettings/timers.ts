// The timers of chats as the form holds them: what is empty is not used, or is as everywhere.
import type { TimerRules, TimerRulesIn } from "./queries";

export type Typed = number | string;
export const longest = 10_080;
export const actions = ["close", "transfer", "return_to_bot", "notify"] as const;
type Action = (typeof actions)[number];
export const operatorActions = ["notify_operator", "notify_supervisor", "redistribute"] as const;
type OperatorAction = (typeof operatorActions)[number];
export const scopes = ["channel", "topic", "group"] as const;
type Scope = (typeof scopes)[number];
export const uses = ["same", "yes", "no"] as const;
type Use = (typeof uses)[number];

export type Override = {
  /** Only this page knows it. */
  key: string;
  scope: Scope;
  of: string | null;
  use: Use;
  minutes: Typed;
  action: Action | null;
  warn: Typed;
  operator_minutes: Typed;
  operator_action: OperatorAction;
};

export type TimerValues = {
  use: boolean;
  minutes: Typed;
  action: Action;
  warn_minutes_before: Typed;
  warn_text: Record<string, string>;
  farewell_text: Record<string, string>;
  infinite_group_chats: boolean;
  operator: Typed;
  operator_action: OperatorAction;
  overrides: Override[];
};

export function timerValuesOf(rules: TimerRules): TimerValues {
  const { operator, warn_minutes_before, overrides, ...values } = rules;
  return {
    ...values,
    warn_minutes_before: warn_minutes_before ?? "",
    operator: operator?.minutes ?? "",
    operator_action: operator?.action ?? "notify_operator",
    overrides: overrides.map((other, index) => {
      const scope = other.channel ? "channel" : other.topic_id ? "topic" : "group";
      const of = other.channel ?? other.topic_id ?? other.group_id;
      return {
        key: `stored ${index}`,
        scope,
        of: of === null ? null : String(of),
        use: other.use === null ? "same" : other.use ? "yes" : "no",
        minutes: other.minutes ?? "",
        action: other.action,
        warn: other.warn_minutes_before ?? "",
        operator_minutes: other.operator?.minutes ?? "",
        operator_action: other.operator?.action ?? "notify_operator",
      };
    }),
  };
}

const orNone = (typed: Typed): number | null => (typed === "" ? null : Number(typed));

function timerOf(minutes: Typed, action: OperatorAction) {
  return minutes === "" ? null : { minutes: Number(minutes), action };
}

export function timerChangeOf(values: TimerValues): TimerRulesIn {
  const { operator, operator_action, warn_minutes_before, minutes, overrides, ...same } = values;
  const said = (texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ""));
  return {
    ...same,
    minutes: Number(minutes),
    warn_minutes_before: orNone(warn_minutes_before),
    warn_text: said(same.warn_text),
    farewell_text: said(same.farewell_text),
    operator: timerOf(operator, operator_action),
    overrides: overrides.map((other) => ({
      channel: other.scope === "channel" ? other.of : null,
      topic_id: other.scope === "topic" ? Number(other.of) : null,
      group_id: other.scope === "group" ? Number(other.of) : null,
      use: other.use === "same" ? null : other.use === "yes",
      minutes: orNone(other.minutes),
      action: other.action,
      warn_minutes_before: orNone(other.warn),
      operator: timerOf(other.operator_minutes, other.operator_action),
    })),
  };
}

function isMinutes(typed: Typed): boolean {
  const value = typed === "" ? Number.NaN : Number(typed);
  return Number.isInteger(value) && value >= 1 && value <= longest;
}

const emptyOrMinutes = (typed: Typed) => typed === "" || isMinutes(typed);

export type Fault = "minutes" | "warnsTooEarly" | "chooseScope";
type OverrideFaults = Partial<Record<"of" | "minutes" | "warn" | "operator_minutes", Fault>>;

function warnFault(warn: Typed, minutes: Typed): Fault | undefined {
  if (warn === "") return undefined;
  if (!isMinutes(warn)) return "minutes";
  return isMinutes(minutes) && Number(warn) >= Number(minutes) ? "warnsTooEarly" : undefined;
}

export function overrideFaults(other: Override, everywhere: Typed): OverrideFaults {
  const found: Record<keyof OverrideFaults, Fault | undefined | false> = {
    of: other.of === null && "chooseScope",
    minutes: !emptyOrMinutes(other.minutes) && "minutes",
    warn: warnFault(other.warn, other.minutes === "" ? everywhere : other.minutes),
    operator_minutes: !emptyOrMinutes(other.operator_minutes) && "minutes",
  };
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault)) as OverrideFaults;
}

type TimerFaults = Partial<
  Record<"minutes" | "warn_minutes_before" | "operator" | "overrides", Fault>
>;

/** What the server would refuse, at the field where it was typed. */
export function timerFaults(values: TimerValues): TimerFaults {
  const { minutes, warn_minutes_before, operator, overrides } = values;
  const wrong = overrides.find((other) => Object.keys(overrideFaults(other, minutes)).length > 0);
  const found: Record<keyof TimerFaults, Fault | undefined | false> = {
    minutes: !isMinutes(minutes) && "minutes",
    warn_minutes_before: warnFault(warn_minutes_before, minutes),
    operator: !emptyOrMinutes(operator) && "minutes",
    overrides: wrong && Object.values(overrideFaults(wrong, minutes))[0],
  };
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault)) as TimerFaults;
}

export function newOverride(): Override {
  return {
    key: crypto.randomUUID(),
    scope: "topic",
    of: null,
    use: "same",
    minutes: "",
    action: null,
    warn: "",
    operator_minutes: "",
    operator_action: "notify_operator",
  };
}
