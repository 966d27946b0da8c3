// Asks before a change that others feel, and says what will happen.
import { Alert, Button, Group, List, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "./feedback/notify";
import { Icon } from "./Icon";

type Props = {
  opened: boolean;
  title: string;
  children?: ReactNode;
  /** One line per effect: "3 open dialogs stay with the bot". */
  consequences?: string[];
  confirmLabel: string;
  danger?: boolean;
  /** A word that must be typed first, for what cannot be taken back. */
  typeToConfirm?: string;
  onConfirm: () => Promise<unknown>;
  /** The caller replaces the dialog itself after success: to show a link. */
  stays?: boolean;
  onClose: () => void;
};

export function ConfirmDialog(props: Props) {
  const [busy, setBusy] = useState(false);
  return (
    <Modal
      opened={props.opened}
      onClose={() => !busy && props.onClose()}
      closeButtonProps={{ disabled: busy }}
      title={props.title}
    >
      <Body {...props} busy={busy} onBusy={setBusy} />
    </Modal>
  );
}

function Body({
  children,
  consequences = [],
  confirmLabel,
  danger,
  typeToConfirm,
  onConfirm,
  stays,
  onClose,
  busy,
  onBusy,
}: Props & { busy: boolean; onBusy: (busy: boolean) => void }) {
  const { t } = useTranslation("ui");
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<unknown>(null);

  const confirm = async () => {
    onBusy(true);
    setError(null);
    try {
      await onConfirm();
      if (!stays) onClose();
    } catch (reason) {
      setError(reason);
    } finally {
      onBusy(false);
    }
  };

  return (
    <Stack gap="sm">
      {children && (
        <Text component="div" size="sm">
          {children}
        </Text>
      )}
      {consequences.length > 0 && (
        <List size="sm" spacing={4} icon={<Icon name="chevronRight" size={12} />}>
          {consequences.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
      {typeToConfirm && (
        <TextInput
          label={t("typeToConfirm", { word: typeToConfirm })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
      {error !== null && (
        <Alert color="red" role="alert">
          {problemText(error)}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t("cancel")}
        </Button>
        <Button
          data-autofocus={typeToConfirm ? undefined : true}
          color={danger ? "red" : undefined}
          loading={busy}
          disabled={typeToConfirm !== undefined && typed !== typeToConfirm}
          onClick={confirm}
        >
          {confirmLabel}
        </Button>
      </Group>
    </Stack>
  );
}
