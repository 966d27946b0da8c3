// Chooses the columns of a table; the choice stays on this device.
import { ActionIcon, Checkbox, Popover, Stack, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../Icon";
import type { Column } from "./columns";

type Props<Row> = {
  columns: Column<Row>[];
  visibility: Record<string, boolean>;
  onChange: (visibility: Record<string, boolean>) => void;
};

export function ColumnMenu<Row>({ columns, visibility, onChange }: Props<Row>) {
  const { t } = useTranslation("ui");
  const [opened, setOpened] = useState(false);
  const choices = columns.filter((column) => !column.fixed);
  if (choices.length < 3) return null;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Tooltip label={t("table.columns")} disabled={opened}>
          <ActionIcon
            variant="default"
            size="var(--control-h)"
            aria-label={t("table.columns")}
            onClick={() => setOpened(!opened)}
          >
            <Icon name="columns" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {choices.map((column) => (
            <Checkbox
              key={column.id}
              label={column.header}
              checked={visibility[column.id] !== false}
              onChange={(event) =>
                onChange({ ...visibility, [column.id]: event.currentTarget.checked })
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
