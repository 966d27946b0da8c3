// Shows a key combination; the help sheet lists all that work on the open page.
import { Button, Group, Kbd, Modal, Table } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { activeHotkeys, type Hotkey, keyLines, keyNames } from "./hotkeys";
import classes from "./KeyHint.module.css";
import { useHotkey } from "./useHotkey";

export function KeyHint({ combo }: { combo: string }) {
  return (
    <span style={{ whiteSpace: "nowrap" }}>
      {keyNames(combo).map((name, index) => (
        <span key={name}>
          {index > 0 && " "}
          <Kbd size="xs">{name}</Kbd>
        </span>
      ))}
    </span>
  );
}

/** Opens by `?`. */
export function KeyHelp() {
  const { t } = useTranslation("ui");
  const [keys, setKeys] = useState<Hotkey[] | null>(null);
  useHotkey("help", t("keys.help"), () => setKeys(activeHotkeys()));
  const inTables = [
    { combo: "ArrowUp", label: t("keys.rowUp") },
    { combo: "ArrowDown", label: t("keys.rowDown") },
    { combo: "Enter", label: t("keys.rowOpen") },
  ];
  // Of two that have the same key the innermost answers to it.
  const answering = new Map((keys ?? []).map(({ combo, label }) => [combo, label]));
  const shown = keyLines(
    [...answering].map(([combo, label]) => ({ combo, label })).concat(inTables),
  );
  return (
    <Modal opened={keys !== null} onClose={() => setKeys(null)} title={t("keys.title")}>
      <Table
        verticalSpacing={6}
        horizontalSpacing={4}
        withRowBorders={false}
        className={classes.sheet}
      >
        <Table.Tbody>
          {shown.map(([label, combos]) => (
            <Table.Tr key={label}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="end" w="1%">
                {combos.map((combo) => (
                  <div key={combo}>
                    <KeyHint combo={combo} />
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" mt="sm">
        <Button variant="default" onClick={() => window.print()}>
          {t("keys.print")}
        </Button>
      </Group>
    </Modal>
  );
}
