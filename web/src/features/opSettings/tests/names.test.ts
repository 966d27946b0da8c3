// Names of operators between the server's form and the page's.
import { expect, test } from "vitest";
import { asEverywhere, isLimit, namesOf, nameValuesOf } from "../names";

const template = "{{first_name}} {{last_name|first}}. ({{role}})";

// proves SE-11 (part: in the app)
test("a channel keeps only what differs from the rest", () => {
  const stored = {
    display_name: true,
    display_picture: true,
    topics_by_skill_group: false,
    outbound_visibility: "own" as const,
    allow_outbound: true,
    outbound_topic_required: false,
    send_delay_s: 0,
    template,
    channels: {
      viber: { display_name: null, display_picture: false, template: "{{first_name}}", limit: 28 },
    },
  };
  const values = nameValuesOf(stored);
  expect(values.channels.viber).toEqual({
    display: "same",
    picture: "no",
    template: "{{first_name}}",
    limit: 28,
  });
  expect(namesOf(values)).toEqual(stored);
});

test("a channel that is as everywhere is not sent", () => {
  const values = {
    display_name: false,
    display_picture: false,
    topics_by_skill_group: false,
    outbound_visibility: "own" as const,
    allow_outbound: true,
    outbound_topic_required: false,
    send_delay_s: 0,
    template,
    channels: { telegram: asEverywhere },
  };
  expect(namesOf(values)).toEqual({
    display_name: false,
    display_picture: false,
    topics_by_skill_group: false,
    outbound_visibility: "own" as const,
    allow_outbound: true,
    outbound_topic_required: false,
    send_delay_s: 0,
    template,
    channels: {},
  });
  const off = { ...values, channels: { telegram: { ...asEverywhere, display: "no" as const } } };
  expect(namesOf(off).channels).toEqual({
    telegram: { display_name: false, display_picture: null, template: null, limit: null },
  });
});

test("a limit of characters is empty or a number that the server takes", () => {
  expect(["", 1, "28", 200].every(isLimit)).toBe(true);
  expect([0, 201, 1.5, "many"].some(isLimit)).toBe(false);
});
