// Lines of "this field of the client goes to that field of eSputnik".
import { ActionIcon, Autocomplete, Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import classes from "./Mapping.module.css";
import { clientFields, type Line, newLine, ownFields } from "./values";

/** Names of fields are the same in every language. */
const asCode = ({ option }: { option: { value: string } }) => <code>{option.value}</code>;

type Props = { lines: Line[]; failed: string | undefined; onChange: (lines: Line[]) => void };

export function Mapping({ lines, failed, onChange }: Props) {
  const { t } = useTranslation("esputnik");
  const change = (changed: Line) =>
    onChange(lines.map((line) => (line.key === changed.key ? changed : line)));
  return (
    <>
      <ul className={classes.lines} aria-label={t("mapping.title")}>
        {lines.map((line, index) => (
          <li key={line.key} className={classes.line}>
            <Autocomplete
              label={t("mapping.source")}
              data={[...clientFields]}
              renderOption={asCode}
              value={line.source}
              onChange={(source) => change({ ...line, source })}
            />
            <Autocomplete
              label={t("mapping.field")}
              data={[...ownFields]}
              renderOption={asCode}
              value={line.field}
              onChange={(field) => change({ ...line, field })}
            />
            <ActionIcon
              aria-label={t("mapping.remove", { number: index + 1 })}
              onClick={() => onChange(lines.filter((one) => one.key !== line.key))}
            >
              <Icon name="trash" />
            </ActionIcon>
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
