// The channels of a bot beside its custom channel: one card each, drawn from what its adapter says.
import { Alert, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { ChannelCard } from "./ChannelCard";
import { useAccounts, useChannelTypes } from "./queries";

export function ChannelsTab({ botId }: { botId: number }) {
  const { t } = useTranslation(["channels", "common"]);
  const mayEdit = useCan()("channels.edit");
  const types = useChannelTypes();
  const accounts = useAccounts(botId);
  return (
    <Loaded query={types}>
      {(known) => (
        <Loaded query={accounts}>
          {(found) => (
            <Stack gap="md">
              {!mayEdit && (
                <Alert color="gray">{t("common:readOnly", { permission: "channels.edit" })}</Alert>
              )}
              {known.length === 0 && <EmptyState title={t("none")} />}
              {known.map((type) => (
                <ChannelCard
                  key={type.type}
                  botId={botId}
                  type={type}
                  account={found.find((one) => one.type === type.type) ?? null}
                  mayEdit={mayEdit}
                />
              ))}
            </Stack>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
