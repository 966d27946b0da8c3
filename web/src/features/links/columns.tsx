// The columns of the links' table.
import { Menu } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useChannelName } from "@/features/channels";
import { useFormat } from "@/i18n/format";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import type { DeepLink } from "./queries";

type Options = {
  mayEdit: boolean;
  onEdit: (link: DeepLink) => void;
  onRemove: (link: DeepLink) => void;
};

/** What a link is called where nobody gave it a name. */
export function useLinkName() {
  const { t } = useTranslation("links");
  return (link: DeepLink) =>
    link.label || (link.entry ? t("entryOf", { node: link.node_id }) : link.code);
}

export function useLinkColumns({ mayEdit, onEdit, onRemove }: Options): Column<DeepLink>[] {
  const { t } = useTranslation(["links", "common"]);
  const bots = useBotChoices();
  const channelName = useChannelName();
  const format = useFormat();
  const nameOf = useLinkName();
  return useMemo(() => {
    const botName = (id: number) =>
      bots.find(({ value }) => value === String(id))?.label ?? `#${id}`;
    const columns: Column<DeepLink>[] = [
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        cell: (link) => (
          <TwoLines main={nameOf(link)} sub={<code>{link.addresses.start_text}</code>} />
        ),
      },
      { id: "bot", header: t("links:form.bot"), width: 160, cell: (link) => botName(link.bot_id) },
      {
        id: "channel",
        header: t("links:form.channel"),
        width: 140,
        cell: (link) => channelName(link.channel),
      },
      {
        id: "source",
        header: t("links:source"),
        width: 160,
        cell: (link) =>
          [link.utm.utm_source, link.utm.utm_campaign].filter(Boolean).join(" / ") || "–",
      },
      {
        id: "clicks",
        header: t("links:clicks"),
        width: 100,
        align: "end",
        cell: (link) => (link.entry ? "–" : format.number(link.clicks)),
      },
      {
        id: "starts",
        header: t("links:starts"),
        width: 100,
        align: "end",
        cell: (link) => format.number(link.starts),
      },
      {
        id: "expires",
        header: t("links:form.expires"),
        width: 140,
        cell: (link) =>
          link.expired ? (
            <StatusBadge tone="bad">{t("links:expired")}</StatusBadge>
          ) : (
            <RelativeTime at={link.expires_at} empty={t("common:endless")} />
          ),
      },
      {
        id: "created",
        header: t("common:created"),
        width: 150,
        hidden: true,
        cell: (link) => <RelativeTime at={link.created_at} />,
      },
    ];
    if (mayEdit) {
      const menu = (link: DeepLink) => (
        <RowMenu name={nameOf(link)}>
          {!link.entry && (
            <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onEdit(link)}>
              {t("common:edit")}
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<Icon name="trash" />} onClick={() => onRemove(link)}>
            {t("links:remove.action")}
          </Menu.Item>
        </RowMenu>
      );
      columns.push({ id: "menu", header: "", width: 56, fixed: true, align: "end", cell: menu });
    }
    return columns;
  }, [t, bots, channelName, format, nameOf, mayEdit, onEdit, onRemove]);
}
