// Credentials and settings of a channel: the fields are those that its adapter declares.
import {
  Button,
  Group,
  NumberInput,
  Radio,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { type FormOf, useApiForm } from "@/ui/form/useApiForm";
import {
  type Account,
  type ChannelType,
  type TypeField,
  useChangeAccount,
  useConnect,
} from "./queries";

type Value = string | number | boolean;
/** By the paths that the server names in its errors: `credentials.token`, `settings.commands`. */
type Values = Record<string, Value>;
type Props = {
  botId: number;
  type: ChannelType;
  account: Account | null;
  onDone: () => void;
};

const pathOf = (field: TypeField) =>
  `${field.credential ? "credentials" : "settings"}.${field.key}`;

function initialOf(type: ChannelType, account: Account | null): Values {
  const values: Values = {
    name: account?.name ?? "",
    mode: account?.mode ?? type.modes[0] ?? "webhook",
    api_base: account && account.api_base !== type.api_base ? account.api_base : "",
  };
  for (const field of type.fields) {
    const known = field.credential ? undefined : account?.settings[field.key];
    const empty = field.kind === "switch" ? false : "";
    values[pathOf(field)] = (known ?? field.default ?? empty) as Value;
  }
  return values;
}

/** What goes out: an empty credential stays as it is, an empty number as the default. */
function partsOf(type: ChannelType, values: Values) {
  const credentials: Record<string, string> = {};
  const settings: Record<string, Value> = {};
  for (const field of type.fields) {
    const value = values[pathOf(field)] ?? "";
    if (field.credential) {
      if (value !== "") credentials[field.key] = String(value);
    } else if (field.kind !== "number" || value !== "") {
      settings[field.key] = value;
    }
  }
  return { credentials, settings };
}

export function AccountForm({ botId, type, account, onDone }: Props) {
  const { t } = useTranslation(["channels", "common", "ui"]);
  const connect = useConnect();
  const change = useChangeAccount(account?.id ?? 0);
  const form = useApiForm<Values, Account>({
    initial: initialOf(type, account),
    submit: (values) => {
      const body = {
        ...partsOf(type, values),
        name: String(values.name),
        mode: values.mode as Account["mode"],
      };
      const base = String(values.api_base);
      if (!account) return connect({ ...body, bot_id: botId, type: type.type, api_base: base });
      return change(account.api_base_fixed ? body : { ...body, api_base: base });
    },
    onDone: () => {
      showDone(account ? t("common:saved") : t("connected"));
      onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <Text size="sm">{type.help}</Text>
        {type.fields.map((field) => (
          <OneField
            key={field.key}
            field={field}
            form={form}
            isSet={account?.credentials[field.key] ?? false}
          />
        ))}
        {type.modes.length > 1 && <Mode type={type} form={form} />}
        <TextInput label={t("name")} description={t("nameHint")} {...form.bindText("name")} />
        <TextInput
          label={t("apiBase")}
          description={account?.api_base_fixed ? t("apiBaseFixed") : t("apiBaseHint")}
          placeholder={type.api_base}
          disabled={account?.api_base_fixed ?? false}
          {...form.bindText("api_base")}
        />
        <FormProblem failure={form.failure} shownFields={shownOf(form.values, form.errors)} />
        <Group gap="xs">
          <Button type="submit" loading={form.busy}>
            {account ? t("common:save") : t("connect", { channel: type.title })}
          </Button>
          <Button variant="default" onClick={onDone} disabled={form.busy}>
            {t("ui:cancel")}
          </Button>
        </Group>
      </Stack>
      <UnsavedGuard when={form.dirty && !form.busy} />
    </form>
  );
}

/** Errors beside a field are not told a second time below the form. */
function shownOf(values: Values, errors: Partial<Record<string, string>>): string[] {
  const groups = Object.keys(errors).map((path) => path.split(".")[0] ?? path);
  return [...Object.keys(values), ...groups];
}

function Mode({ type, form }: { type: ChannelType; form: FormOf<Values> }) {
  const { t } = useTranslation("channels");
  return (
    <Radio.Group
      label={t("mode")}
      value={String(form.values.mode)}
      error={form.errors.mode}
      onChange={(mode) => form.set("mode", mode)}
    >
      <Stack gap="xs" mt={4}>
        {type.modes.map((mode) => (
          <Radio
            key={mode}
            value={mode}
            label={t(`modes.${mode}`)}
            description={t(`modeHints.${mode}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

type FieldProps = { field: TypeField; form: FormOf<Values>; isSet: boolean };

function OneField({ field, form, isSet }: FieldProps) {
  const { t } = useTranslation("channels");
  const path = pathOf(field);
  const common = {
    label: field.label,
    description: field.help,
    required: field.required && !isSet,
    placeholder: isSet ? t("isSet") : field.placeholder,
  };
  if (field.kind === "secret")
    return <HiddenInput {...common} autoComplete="off" {...form.bindText(path)} />;
  if (field.kind === "long_text")
    return <Textarea {...common} autosize minRows={2} {...form.bindText(path)} />;
  if (field.kind === "number") {
    return (
      <NumberInput
        {...common}
        min={1}
        value={form.values[path] as number | string}
        error={form.errors[path]}
        onChange={(value) => form.set(path, value)}
      />
    );
  }
  if (field.kind === "switch") {
    return (
      <Switch
        label={field.label}
        description={field.help}
        checked={form.values[path] === true}
        error={form.errors[path]}
        onChange={(event) => form.set(path, event.currentTarget.checked)}
      />
    );
  }
  if (field.kind === "choice") {
    return (
      <Select
        {...common}
        data={[...field.choices]}
        value={String(form.values[path])}
        error={form.errors[path]}
        onChange={(value) => form.set(path, value ?? "")}
      />
    );
  }
  return <TextInput {...common} {...form.bindText(path)} />;
}
