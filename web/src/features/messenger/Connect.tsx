// The bot's answers go elsewhere, or nowhere: offers to lead them to this page.
import { Alert, Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { openChat } from "./queries";

type Props = {
  botId: number;
  chatId: string;
  /** Where answers go now; null without a custom channel. */
  address: string | null;
  onConnected: () => unknown;
};

export function Connect({ botId, chatId, address, onConnected }: Props) {
  const { t } = useTranslation("messenger");
  const can = useCan();
  const [asking, setAsking] = useState(false);
  const mayConnect = can("channels.edit");
  const button = mayConnect && (
    <Button leftSection={<Icon name="link" />} onClick={() => setAsking(true)}>
      {t("connect.action")}
    </Button>
  );
  return (
    <>
      {address === null ? (
        <EmptyState
          icon="message"
          title={t("connect.none")}
          text={t("connect.noneText")}
          action={button}
        />
      ) : (
        <Alert color="yellow" icon={<Icon name="alert" />} title={t("connect.elsewhere")}>
          <Text size="sm" mb="xs" style={{ overflowWrap: "anywhere" }}>
            {address}
          </Text>
          {button}
        </Alert>
      )}
      <ConfirmDialog
        opened={asking}
        title={t("connect.title")}
        consequences={
          address === null
            ? [t("connect.makes")]
            : [t("connect.leads"), t("connect.stops", { address })]
        }
        confirmLabel={t("connect.action")}
        danger={address !== null}
        onConfirm={async () => {
          await openChat(botId, chatId, true);
          await onConnected();
        }}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
