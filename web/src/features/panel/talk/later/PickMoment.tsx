// Asks for the moment at which a reply is sent, in the reader's own time zone.
import { Modal, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useZone } from "@/i18n/zone";
import { useApiForm } from "@/ui/form/useApiForm";
import { FormEnd } from "../../asking/FormEnd";
import { minuteOf, momentAt } from "../../logic/zone";

type Props = {
  opened: boolean;
  onClose: () => void;
  /** What the field begins with. */
  at: Date;
  onPick: (sendAt: string) => Promise<unknown>;
};

export function PickMoment({ opened, onClose, ...props }: Props) {
  const { t } = useTranslation(["panelLater", "ui"]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("pick.title")}
      closeButtonProps={{ "aria-label": t("ui:close") }}
    >
      <Form {...props} onClose={onClose} />
    </Modal>
  );
}

function Form({ at, onPick, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("panelLater");
  const zone = useZone();
  const form = useApiForm({
    initial: { send_at: minuteOf(at.getTime(), zone) },
    submit: ({ send_at }) => onPick(momentAt(send_at, zone).toISOString()),
    onDone: onClose,
    check: ({ send_at }): { send_at?: string } => {
      if (!send_at) return { send_at: t("pick.needed") };
      return momentAt(send_at, zone).getTime() > Date.now() ? {} : { send_at: t("pick.over") };
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <TextInput
          type="datetime-local"
          label={t("pick.at")}
          description={t("pick.zone", { zone })}
          min={minuteOf(Date.now(), zone)}
          data-autofocus
          {...form.bindText("send_at")}
        />
        <FormEnd form={form} label={t("pick.action")} onCancel={onClose} />
      </Stack>
    </form>
  );
}
