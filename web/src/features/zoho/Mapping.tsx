// Lines of "this value goes to that field of Zoho".
import { ActionIcon, Button, Checkbox, NativeSelect, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import classes from "./Mapping.module.css";
import { type Line, newLine } from "./values";

type Props = { lines: Line[]; failed: string | undefined; onChange: (lines: Line[]) => void };

export function Mapping({ lines, failed, onChange }: Props) {
  const { t } = useTranslation(["zoho", "common"]);
  const change = (changed: Line) =>
    onChange(lines.map((line) => (line.key === changed.key ? changed : line)));
  return (
    <>
      {lines.length === 0 && <Text c="dimmed">{t("mapping.empty")}</Text>}
      <ul className={classes.lines} aria-label={t("mapping.title")}>
        {lines.map((line, index) => (
          <li key={line.key} className={classes.line}>
            <TextInput
              label={t("mapping.source")}
              value={line.source}
              onChange={(event) => change({ ...line, source: event.currentTarget.value })}
            />
            <TextInput
              label={t("mapping.field")}
              value={line.field}
              onChange={(event) => change({ ...line, field: event.currentTarget.value })}
            />
            <NativeSelect
              label={t("mapping.kind")}
              data={[
                { value: "text", label: t("mapping.text") },
                { value: "product", label: t("mapping.product") },
              ]}
              value={line.kind}
              onChange={(event) => change({ ...line, kind: event.currentTarget.value })}
            />
            <ActionIcon
              aria-label={t("mapping.remove", { number: index + 1 })}
              onClick={() => onChange(lines.filter((one) => one.key !== line.key))}
            >
              <Icon name="trash" />
            </ActionIcon>
            {line.kind === "product" && (
              <Checkbox
                className={classes.create}
                label={t("mapping.create")}
                checked={line.create}
                onChange={(event) => change({ ...line, create: event.currentTarget.checked })}
              />
            )}
          </li>
        ))}
      </ul>
      {failed && (
        <Text c="red" size="sm" role="alert">
          {failed}
        </Text>
      )}
      <div>
        <Button
          variant="default"
          leftSection={<Icon name="plus" />}
          onClick={() => onChange([...lines, newLine(lines)])}
        >
          {t("mapping.add")}
        </Button>
      </div>
    </>
  );
}
