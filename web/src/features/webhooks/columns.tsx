// The columns of the list of webhooks, with the menu of each.
import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import type { Webhook } from "./queries";
import { WebhookState } from "./WebhookState";

export type Act = "edit" | "test" | "switch" | "replay" | "rotate" | "delete";
type OnAct = (act: Act, webhook: Webhook) => void;

export function useWebhookColumns(onAct?: OnAct): Column<Webhook>[] {
  const { t } = useTranslation(["webhooks", "common"]);
  return useMemo(() => {
    const columns: Column<Webhook>[] = [
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        cell: (webhook) => <TwoLines main={webhook.name} sub={webhook.url} />,
      },
      {
        id: "state",
        header: t("common:status"),
        width: 150,
        rigid: true,
        cell: (webhook) => <WebhookState webhook={webhook} />,
      },
      {
        id: "events",
        header: t("events"),
        width: 180,
        cell: (webhook) =>
          webhook.events.includes("*") ? (
            t("allEvents")
          ) : (
            <TwoLines
              main={t("eventCount", { count: webhook.events.length })}
              sub={webhook.events.join(", ")}
            />
          ),
      },
      {
        id: "success",
        header: t("lastSuccess"),
        width: 150,
        cell: (webhook) => <RelativeTime at={webhook.last_success_at} empty={t("common:never")} />,
      },
      {
        id: "failure",
        header: t("failure"),
        width: 190,
        cell: (webhook) =>
          webhook.failing_since ? (
            <TwoLines
              main={<RelativeTime at={webhook.failing_since} />}
              sub={webhook.last_error ?? undefined}
            />
          ) : (
            "–"
          ),
      },
      {
        id: "waiting",
        header: t("waiting"),
        width: 100,
        align: "end",
        cell: (webhook) => webhook.waiting,
      },
      {
        id: "log",
        header: t("log"),
        width: 110,
        cell: (webhook) => (
          <Link to="/deliveries" search={{ endpoint: String(webhook.id) }}>
            {t("openLog")}
          </Link>
        ),
      },
    ];
    if (onAct) {
      columns.push({
        id: "menu",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (webhook) => <WebhookMenu webhook={webhook} onAct={onAct} />,
      });
    }
    return columns;
  }, [t, onAct]);
}

function WebhookMenu({ webhook, onAct }: { webhook: Webhook; onAct: OnAct }) {
  const { t } = useTranslation(["webhooks", "common"]);
  const active = webhook.status === "active";
  return (
    <RowMenu name={webhook.name}>
      <Menu.Item leftSection={<Icon name="send" />} onClick={() => onAct("test", webhook)}>
        {t("test.action")}
      </Menu.Item>
      <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onAct("edit", webhook)}>
        {t("common:edit")}
      </Menu.Item>
      <Menu.Item
        leftSection={<Icon name={active ? "pause" : "play"} />}
        onClick={() => onAct("switch", webhook)}
      >
        {active ? t("pause") : t("resume")}
      </Menu.Item>
      <Menu.Item leftSection={<Icon name="refresh" />} onClick={() => onAct("replay", webhook)}>
        {t("replay")}
      </Menu.Item>
      <Menu.Item leftSection={<Icon name="key" />} onClick={() => onAct("rotate", webhook)}>
        {t("rotate.action")}
      </Menu.Item>
      <Menu.Item
        color="red"
        leftSection={<Icon name="trash" />}
        onClick={() => onAct("delete", webhook)}
      >
        {t("common:delete")}
      </Menu.Item>
    </RowMenu>
  );
}
