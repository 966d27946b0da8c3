// Whether the client may be written to first; an operator turns it at his word.
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { useChangeSubscription, useWhy } from "@/features/subscriptions";
import { StatusBadge } from "@/ui/StatusBadge";
import { refreshRequest } from "../data/actions";
import type { Details } from "../types";
import classes from "./Side.module.css";

export function ClientSubscription({ details }: { details: Details }) {
  const { t } = useTranslation("panelClient");
  const can = useCan();
  const why = useWhy();
  const cache = useQueryClient();
  const { mutate, isPending } = useChangeSubscription();
  const { client, request } = details;
  const turn = () =>
    mutate(
      { id: client.contact_id, status: client.subscribed ? "unsubscribed" : "subscribed" },
      { onSettled: () => refreshRequest(cache, request.id) },
    );
  return (
    <section className={classes.section}>
      <h3>{t("subscription.title")}</h3>
      <Group gap="xs" justify="space-between">
        <StatusBadge tone={client.subscribed ? "ok" : "idle"}>
          {client.subscribed ? t("subscription.on") : t("subscription.off")}
        </StatusBadge>
        {can("clients.edit") && (
          <Button size="compact-sm" variant="default" loading={isPending} onClick={turn}>
            {client.subscribed ? t("subscription.turnOff") : t("subscription.turnOn")}
          </Button>
        )}
      </Group>
      <small>{why(client.subscription_why)}</small>
    </section>
  );
}
