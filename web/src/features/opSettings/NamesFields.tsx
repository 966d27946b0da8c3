// The fields of the name's template: for all channels, then what single ones have otherwise.
import { Button, Group, Input, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { useOperatorChoices } from "@/features/operators";
import { useMe } from "@/features/session";
import { Face } from "@/ui/Face";
import { problemText } from "@/ui/feedback/notify";
import { type FormOf, fieldErrorsOf } from "@/ui/form/useApiForm";
import {
  asEverywhere,
  displays,
  initial,
  isLimit,
  type NameValues,
  namesOf,
  type OfChannel,
  variables,
  visibilities,
} from "./names";
import classes from "./OpSettings.module.css";
import { usePreview } from "./queries";

const settleMs = 300;

export function NamesFields({ form }: { form: FormOf<NameValues> }) {
  const { t } = useTranslation("opSettings");
  const channelName = useChannelName();
  const me = useMe();
  const people = useOperatorChoices();
  const [chosen, setChosen] = useState<string | null>(null);
  const own = people.find(({ value }) => value === String(me?.id)) ?? people[0];
  const operator = chosen ?? own?.value ?? null;
  const { values } = form;
  const fits = Object.values(values.channels).every(({ limit }) => isLimit(limit));
  const [settings] = useDebouncedValue(namesOf(values), settleMs);
  const preview = usePreview(operator && fits ? Number(operator) : null, settings);
  // What the server would refuse is said while it is typed.
  const refused = fieldErrorsOf(preview.error, ["template", "channels"]);
  const channels = Object.keys(preview.data?.names ?? values.channels);
  const add = (text: string) => form.set("template", `${values.template.trimEnd()} ${text}`.trim());
  const setChannel = (channel: string, change: Partial<OfChannel>) =>
    form.set("channels", {
      ...values.channels,
      [channel]: { ...(values.channels[channel] ?? asEverywhere), ...change },
    });

  return (
    <>
      <Switch
        label={t("names.display")}
        description={t("names.displayHint")}
        checked={values.display_name}
        onChange={(event) => form.set("display_name", event.currentTarget.checked)}
      />
      <Switch
        label={t("names.picture")}
        description={t("names.pictureHint")}
        checked={values.display_picture}
        onChange={(event) => form.set("display_picture", event.currentTarget.checked)}
      />
      <TextInput
        label={t("names.template")}
        description={
          <>
            <code>{initial}</code> {t("names.templateHint")}
          </>
        }
        maxLength={200}
        {...form.bindText("template")}
        error={form.errors.template ?? refused.template}
      />
      <Group gap={6}>
        {variables.map((name) => (
          <Button
            key={name}
            variant="default"
            size="compact-xs"
            aria-label={t("names.insert", { name: t(`names.variable.${name}`) })}
            onClick={() => add(`{{${name}}}`)}
          >
            {t(`names.variable.${name}`)}
          </Button>
        ))}
      </Group>
      <div className={classes.preview}>
        <Select
          label={t("names.previewFor")}
          data={people}
          value={operator}
          onChange={setChosen}
          searchable
        />
        <dl className={classes.names} aria-live="polite">
          {Object.entries(preview.data?.names ?? {}).map(([channel, name]) => (
            <div key={channel}>
              <dt>{channelName(channel)}</dt>
              <dd data-empty={name === "" || undefined}>
                {preview.data?.pictures[channel] && (
                  <Face name={name} picture={preview.data.pictures[channel]} size={20} />
                )}
                {name || t("names.botName")}
              </dd>
            </div>
          ))}
        </dl>
        {preview.error && <Input.Error>{problemText(preview.error)}</Input.Error>}
      </div>
      {channels.map((channel) => (
        <ChannelNames
          key={channel}
          name={channelName(channel)}
          template={values.template}
          value={values.channels[channel] ?? asEverywhere}
          error={form.errors.channels ?? refused.channels}
          onChange={(change) => setChannel(channel, change)}
        />
      ))}
      <Switch
        label={t("names.topics")}
        description={t("names.topicsHint")}
        checked={values.topics_by_skill_group}
        onChange={(event) => form.set("topics_by_skill_group", event.currentTarget.checked)}
      />
      <NumberInput
        label={t("names.sendDelay")}
        description={t("names.sendDelayHint")}
        min={0}
        max={30}
        allowDecimal={false}
        {...form.bind("send_delay_s")}
      />
      <Switch
        label={t("names.allowOutbound")}
        checked={values.allow_outbound}
        onChange={(event) => form.set("allow_outbound", event.currentTarget.checked)}
      />
      <Switch
        label={t("names.outboundTopic")}
        disabled={!values.allow_outbound}
        checked={values.outbound_topic_required}
        onChange={(event) => form.set("outbound_topic_required", event.currentTarget.checked)}
      />
      <Select
        label={t("names.outbound")}
        description={t("names.outboundHint")}
        data={visibilities.map((one) => ({ value: one, label: t(`names.sees.${one}`) }))}
        value={values.outbound_visibility}
        error={form.errors.outbound_visibility}
        onChange={(chosen) =>
          form.set("outbound_visibility", visibilities.find((one) => one === chosen) ?? "own")
        }
      />
    </>
  );
}

type ChannelProps = {
  name: string;
  template: string;
  value: OfChannel;
  error?: string;
  onChange: (change: Partial<OfChannel>) => void;
};

function ChannelNames({ name, template, value, error, onChange }: ChannelProps) {
  const { t } = useTranslation("opSettings");
  return (
    <fieldset className={classes.channel}>
      <legend>{t("names.inChannel", { channel: name })}</legend>
      <Select
        label={t("names.shown")}
        data={displays.map((display) => ({ value: display, label: t(`names.shows.${display}`) }))}
        value={value.display}
        onChange={(display) => onChange({ display: displays.find((one) => one === display) })}
      />
      <Select
        label={t("names.pictureShown")}
        data={displays.map((display) => ({ value: display, label: t(`names.shows.${display}`) }))}
        value={value.picture}
        onChange={(picture) => onChange({ picture: displays.find((one) => one === picture) })}
      />
      <TextInput
        label={t("names.ownTemplate")}
        placeholder={template}
        maxLength={200}
        value={value.template}
        error={error}
        onChange={(event) => onChange({ template: event.currentTarget.value })}
      />
      <NumberInput
        label={t("names.limit")}
        description={t("names.limitHint")}
        min={1}
        max={200}
        allowDecimal={false}
        clampBehavior="none"
        value={value.limit}
        error={isLimit(value.limit) ? undefined : t("names.badLimit")}
        onChange={(limit) => onChange({ limit })}
      />
    </fieldset>
  );
}
