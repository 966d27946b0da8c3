// Address, tokens and bounds of the custom channel.
import { Button, Group, NumberInput, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { type FormOf, useApiForm } from "@/ui/form/useApiForm";
import { Section, SectionActions } from "@/ui/page/Page";
import { type ChannelChange, type CustomChannel, usePutChannel } from "./channelQueries";

type Values = {
  enabled: boolean;
  custom_channel_url: string;
  x_access_token: string;
  input_token: string;
  timeout_s: number;
  rate_per_s: number;
  order_hold_min: number;
};

const exampleUrl = "https://crm.example.com/connective";

type Props = {
  botId: number;
  channel: CustomChannel | null;
  mayEdit: boolean;
  onSecret: (secret: string) => void;
};

function initialOf(channel: CustomChannel | null): Values {
  return {
    enabled: channel?.enabled ?? true,
    custom_channel_url: channel?.custom_channel_url ?? "",
    x_access_token: "",
    input_token: "",
    timeout_s: channel?.timeout_s ?? 10,
    rate_per_s: channel?.rate_per_s ?? 1000,
    order_hold_min: channel?.order_hold_min ?? 30,
  };
}

/** A token left out stays as it is; to take one away it is sent empty. */
function bodyOf({ x_access_token, input_token, ...rest }: Values): ChannelChange {
  return {
    ...rest,
    ...(x_access_token ? { x_access_token } : {}),
    ...(input_token ? { input_token } : {}),
  };
}

export function ChannelForm({ botId, channel, mayEdit, onSecret }: Props) {
  const { t } = useTranslation(["bots", "common"]);
  const put = usePutChannel(botId);
  const form = useApiForm({
    initial: initialOf(channel),
    submit: (values) => put(bodyOf(values)),
    onDone: (saved) => {
      if ("signing_secret" in saved) onSecret(String(saved.signing_secret));
      form.reset(initialOf(saved));
      showDone(t("common:saved"));
    },
  });
  const removeToken = async (token: "x_access_token" | "input_token") => {
    await put({ ...bodyOf(form.values), [token]: "" });
    showDone(t("channel.tokenRemoved"));
  };

  return (
    <form onSubmit={form.onSubmit} noValidate>
      <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0 }}>
        <Section title={t("channel.outgoing")} about={t("channel.outgoingAbout")}>
          <Switch
            label={t("channel.enabled")}
            description={t("channel.enabledHint")}
            checked={form.values.enabled}
            onChange={(event) => form.set("enabled", event.currentTarget.checked)}
          />
          <TextInput
            label={t("channel.url")}
            description={t("channel.urlHint")}
            placeholder={exampleUrl}
            type="url"
            required
            {...form.bindText("custom_channel_url")}
          />
          <TokenInput
            form={form}
            field="x_access_token"
            isSet={channel?.x_access_token_set ?? false}
            label={t("channel.outToken")}
            hint={t("channel.outTokenHint")}
            onRemove={() => removeToken("x_access_token")}
          />
          <TokenInput
            form={form}
            field="input_token"
            isSet={channel?.input_token_set ?? false}
            label={t("channel.inToken")}
            hint={t("channel.inTokenHint")}
            onRemove={() => removeToken("input_token")}
          />
        </Section>
        <Section title={t("channel.bounds")} about={t("channel.boundsAbout")}>
          <Bound form={form} field="timeout_s" min={1} max={30} />
          <Bound form={form} field="rate_per_s" min={0} max={100_000} />
          <Bound form={form} field="order_hold_min" min={1} max={1440} />
        </Section>
      </fieldset>
      <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
      {mayEdit && (
        <SectionActions>
          <Button type="submit" loading={form.busy} disabled={!form.dirty}>
            {channel ? t("common:save") : t("channel.connect")}
          </Button>
        </SectionActions>
      )}
      <UnsavedGuard when={form.dirty} />
    </form>
  );
}

type TokenProps = {
  form: FormOf<Values>;
  field: "x_access_token" | "input_token";
  isSet: boolean;
  label: string;
  hint: string;
  onRemove: () => void;
};

function TokenInput({ form, field, isSet, label, hint, onRemove }: TokenProps) {
  const { t } = useTranslation(["bots", "common"]);
  return (
    <Group align="flex-end" wrap="nowrap" gap="xs">
      <HiddenInput
        flex={1}
        label={label}
        description={hint}
        placeholder={isSet ? t("channel.tokenSet") : t("channel.tokenUnset")}
        autoComplete="off"
        {...form.bindText(field)}
      />
      {isSet && (
        <Button variant="default" onClick={onRemove}>
          {t("common:remove")}
        </Button>
      )}
    </Group>
  );
}

type BoundField = "timeout_s" | "rate_per_s" | "order_hold_min";
type BoundProps = { form: FormOf<Values>; field: BoundField; min: number; max: number };

function Bound({ form, field, min, max }: BoundProps) {
  const { t } = useTranslation("bots");
  return (
    <NumberInput
      label={t(`channel.${field}.label`)}
      description={t(`channel.${field}.hint`)}
      min={min}
      max={max}
      {...form.bind(field)}
      onChange={(value) => form.set(field, Number(value))}
    />
  );
}
