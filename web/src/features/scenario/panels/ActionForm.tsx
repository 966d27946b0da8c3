// The form of an action, drawn from the server's description of its parameters.
import { Autocomplete, JsonInput, Select, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { actionName } from "../graph/actionPorts";
import type { Data } from "../graph/document";
import { type ActionTemplate, useAction } from "../useActions";
import { asNumber, asText, fieldOf, fromJson } from "./actionFields";

type Parameter = ActionTemplate["parameters"][number];
/** `aliases` are those by which blocks of the scenario can be entered. */
type Props = { data: Data; aliases: string[]; onChange: (data: Data) => void };

export function ActionForm({ data, aliases, onChange }: Props) {
  const { t } = useTranslation("scenario");
  const template = useAction(actionName(data));
  const values = (data.values ?? {}) as Data;
  const [added, setAdded] = useState<string[]>([]);
  if (!template || template.parameters.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("inspector.noOptions")}
      </Text>
    );
  }
  const isShown = ({ name, required }: Parameter) =>
    required || name in values || added.includes(name);
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...rest } = values;
    onChange({ ...data, values: value === undefined ? rest : { ...values, [name]: value } });
  };
  const others = template.parameters.filter((one) => !isShown(one));
  return (
    <>
      <h3>{template.title}</h3>
      {template.parameters.filter(isShown).map((parameter) => (
        <Field
          key={parameter.name}
          parameter={parameter}
          value={values[parameter.name]}
          aliases={aliases}
          onChange={(value) => set(parameter.name, value)}
        />
      ))}
      {others.length > 0 && (
        <Select
          label={t("inspector.addOption")}
          placeholder={t("inspector.chooseOption")}
          data={others.map(({ name, label }) => ({ value: name, label }))}
          value={null}
          searchable
          onChange={(name) => name && setAdded((before) => [...before, name])}
        />
      )}
    </>
  );
}

type FieldProps = {
  parameter: Parameter;
  value: unknown;
  aliases: string[];
  onChange: (value: unknown) => void;
};

/** Every field takes placeholders: what is no number or no JSON yet stays the text that it is. */
function Field({ parameter, value, aliases, onChange }: FieldProps) {
  const { t } = useTranslation("scenario");
  const kind = fieldOf(parameter.type, value);
  const common = {
    label: parameter.label,
    description: parameter.hint ?? undefined,
    required: parameter.required,
  };
  const isUnset = parameter.default === null || parameter.default === undefined;
  const placeholder = isUnset ? undefined : String(parameter.default);
  if (kind === "switch") {
    return (
      <Switch
        {...common}
        checked={Boolean(value ?? parameter.default)}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (kind === "select") {
    return (
      <Select
        {...common}
        data={parameter.choices}
        value={typeof value === "string" ? value : null}
        placeholder={placeholder}
        clearable
        onChange={(next) => onChange(next ?? undefined)}
      />
    );
  }
  if (kind === "alias") {
    return (
      <Autocomplete
        {...common}
        data={aliases}
        value={asText(value)}
        placeholder={placeholder}
        onChange={(next) => onChange(next || undefined)}
      />
    );
  }
  if (kind === "json") return <JsonField {...common} value={value} onChange={onChange} />;
  if (kind === "number") {
    return (
      <TextInput
        {...common}
        inputMode="decimal"
        value={asText(value)}
        placeholder={placeholder}
        onChange={(event) => onChange(asNumber(event.currentTarget.value))}
      />
    );
  }
  return (
    <Textarea
      {...common}
      autosize
      maxRows={6}
      value={asText(value)}
      placeholder={placeholder ?? (parameter.type === "variable" ? t("inspector.variable") : "")}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

type JsonProps = { label: string; value: unknown; onChange: (value: unknown) => void };

function JsonField({ value, onChange, ...shown }: JsonProps) {
  const { t } = useTranslation("scenario");
  const [text, setText] = useState(() => asText(value));
  const [last, setLast] = useState(value);
  // Changed from elsewhere: by a click in an answer, or by undo.
  if (JSON.stringify(last) !== JSON.stringify(value)) {
    setLast(value);
    setText(asText(value));
  }
  const read = fromJson(text);
  return (
    <JsonInput
      {...shown}
      autosize
      maxRows={10}
      value={text}
      error={read.isBroken ? t("inspector.notJson") : undefined}
      onChange={(next) => {
        setText(next);
        const { value: parsed, isBroken } = fromJson(next);
        if (isBroken) return;
        setLast(parsed);
        onChange(parsed);
      }}
    />
  );
}
