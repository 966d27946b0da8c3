// How operators are called in messages, as the form holds it: by channel only what differs.
import type { Names, NamesIn } from "./queries";

export const displays = ["same", "yes", "no"] as const;
type Display = (typeof displays)[number];
export const visibilities = ["own", "group", "all"] as const;
export type Visibility = (typeof visibilities)[number];
export type OfChannel = {
  display: Display;
  picture: Display;
  template: string;
  limit: number | string;
};
export type NameValues = {
  display_name: boolean;
  display_picture: boolean;
  template: string;
  channels: Record<string, OfChannel>;
  topics_by_skill_group: boolean;
  outbound_visibility: Visibility;
  allow_outbound: boolean;
  outbound_topic_required: boolean;
  send_delay_s: number | string;
};

export const asEverywhere: OfChannel = {
  display: "same",
  picture: "same",
  template: "",
  limit: "",
};
/** What a template may name, and what may be done to it. */
export const variables = ["first_name", "last_name", "role", "public_name", "email"] as const;
export const initial = "{{last_name|first}}";

export function nameValuesOf({ channels, ...values }: Names): NameValues {
  return {
    ...values,
    channels: Object.fromEntries(
      Object.entries(channels).map(([channel, own]) => [
        channel,
        {
          display: displayOf(own.display_name),
          picture: displayOf(own.display_picture),
          template: own.template ?? "",
          limit: own.limit ?? "",
        },
      ]),
    ),
  };
}

export function namesOf({ channels, ...values }: NameValues): NamesIn {
  const own = Object.entries(channels).filter(
    ([, { display, picture, template, limit }]) =>
      display !== "same" || picture !== "same" || template !== "" || limit !== "",
  );
  return {
    ...values,
    send_delay_s: Number(values.send_delay_s),
    channels: Object.fromEntries(
      own.map(([channel, { display, picture, template, limit }]) => [
        channel,
        {
          display_name: choiceOf(display),
          display_picture: choiceOf(picture),
          template: template === "" ? null : template,
          limit: limit === "" ? null : Number(limit),
        },
      ]),
    ),
  };
}

function displayOf(choice: boolean | null | undefined): Display {
  if (choice == null) return "same";
  return choice ? "yes" : "no";
}

function choiceOf(display: Display): boolean | null {
  return display === "same" ? null : display === "yes";
}

export function isLimit(typed: number | string): boolean {
  const value = Number(typed);
  return typed === "" || (Number.isInteger(value) && value >= 1 && value <= 200);
}
