// The columns of the list of templates, with the menu of each.
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
import type { Template } from "./queries";
import { firstText } from "./texts";

// The server counts no further.
const mostCounted = 10_000;

export type Act = "edit" | "test" | "switch" | "sent" | "delete";
type OnAct = (act: Act, template: Template) => void;

export function useTemplateColumns(onAct: OnAct, mayEdit: boolean): Column<Template>[] {
  const { t } = useTranslation(["broadcasts", "common"]);
  const channelName = useChannelName();
  const bots = useBotChoices();
  const format = useFormat();
  return useMemo(() => {
    const botName = (id: number) =>
      bots.find(({ value }) => value === String(id))?.label ?? `#${id}`;
    return [
      {
        id: "id",
        header: t("number"),
        width: 90,
        cell: (template) => <code>{template.id}</code>,
      },
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        cell: (template) => <TwoLines main={template.name} sub={firstText(template.content)} />,
      },
      {
        id: "bots",
        header: t("bots"),
        width: 170,
        cell: ({ bot_ids }) => (bot_ids.length ? bot_ids.map(botName).join(", ") : t("anyBot")),
      },
      {
        id: "channels",
        header: t("channels"),
        width: 170,
        cell: ({ channels }) =>
          channels.length ? channels.map(channelName).join(", ") : t("anyChannel"),
      },
      {
        id: "used",
        header: t("used"),
        width: 120,
        rigid: true,
        align: "end",
        cell: ({ used }) => (used < mostCounted ? used : `${format.number(used)}+`),
      },
      {
        id: "active",
        header: t("common:status"),
        width: 130,
        rigid: true,
        cell: ({ active }) => (
          <StatusBadge tone={active ? "ok" : "idle"}>
            {active ? t("common:active") : t("common:inactive")}
          </StatusBadge>
        ),
      },
      {
        id: "updated",
        header: t("changed"),
        width: 150,
        cell: ({ updated_at }) => <RelativeTime at={updated_at} />,
      },
      {
        id: "menu",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (template) => <TemplateMenu template={template} onAct={onAct} mayEdit={mayEdit} />,
      },
    ];
  }, [t, bots, format, channelName, onAct, mayEdit]);
}

type MenuProps = { template: Template; onAct: OnAct; mayEdit: boolean };

function TemplateMenu({ template, onAct, mayEdit }: MenuProps) {
  const { t } = useTranslation(["broadcasts", "common"]);
  return (
    <RowMenu name={template.name}>
      <Menu.Item leftSection={<Icon name="send" />} onClick={() => onAct("sent", template)}>
        {t("sent.show")}
      </Menu.Item>
      {template.active && (
        <Menu.Item leftSection={<Icon name="play" />} onClick={() => onAct("test", template)}>
          {t("test.send")}
        </Menu.Item>
      )}
      {mayEdit && (
        <>
          <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onAct("edit", template)}>
            {t("common:edit")}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon name={template.active ? "pause" : "play"} />}
            onClick={() => onAct("switch", template)}
          >
            {t(template.active ? "turnOff" : "turnOn")}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<Icon name="trash" />}
            onClick={() => onAct("delete", template)}
          >
            {t("common:delete")}
          </Menu.Item>
        </>
      )}
    </RowMenu>
  );
}
