// What an action does, and its parameters by their names for people.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { JsonView } from "@/ui/JsonView";
import { actionName } from "../graph/actionPorts";
import type { Data } from "../graph/document";
import { type ActionTemplate, useAction } from "../useActions";
import classes from "./Panels.module.css";

type Parameter = ActionTemplate["parameters"][number];

export function ActionOptions({ data }: { data: Data }) {
  const { t } = useTranslation("scenario");
  const template = useAction(actionName(data));
  const values = (data.values ?? {}) as Data;
  const { template_id: _, values: __, ...rest } = data;
  const names = Object.keys({ ...values, ...rest });
  const parameters = new Map(template?.parameters.map((one) => [one.name, one]));
  return (
    <>
      <h3>{template?.title ?? actionName(data)}</h3>
      {template?.description && (
        <Text size="sm" c="dimmed">
          {template.description}
        </Text>
      )}
      {names.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("inspector.noOptions")}
        </Text>
      ) : (
        <dl className={classes.values}>
          {names.map((name) => {
            const parameter = parameters.get(name);
            return (
              <div key={name}>
                <dt title={parameter?.hint ?? undefined}>
                  {parameter?.label ?? <code>{name}</code>}
                </dt>
                <dd>
                  <Value value={{ ...rest, ...values }[name]} parameter={parameter} />
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </>
  );
}

function Value({ value, parameter }: { value: unknown; parameter: Parameter | undefined }) {
  const { t } = useTranslation("scenario");
  if (typeof value === "boolean") return <>{value ? t("inspector.yes") : t("inspector.no")}</>;
  if (typeof value === "object" && value !== null) {
    return <JsonView value={value} label={parameter?.label ?? ""} />;
  }
  const choice = parameter?.choices.find((one) => one.value === value);
  return <span className={classes.value}>{choice?.label ?? String(value)}</span>;
}
