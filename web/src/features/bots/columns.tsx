// The columns of the list of bots.
import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { ColorChip } from "@/ui/color/ColorChip";
import { RelativeTime } from "@/ui/RelativeTime";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { BotMenu } from "./BotMenu";
import { BotSwitch } from "./BotSwitch";
import classes from "./Bots.module.css";
import { ChannelBadges } from "./ChannelBadges";
import { useBotGroup } from "./groups";
import { useLanguageName } from "./languageChoices";
import type { BotListed } from "./queries";

type Ask = (bot: BotListed) => void;
type Choosing = { ids: ReadonlySet<number>; onToggle: (id: number) => void } | null;
type Options = { onCopy: Ask; onArchive: Ask; choosing: Choosing };

export function useBotColumns({ onCopy, onArchive, choosing }: Options): Column<BotListed>[] {
  const { t } = useTranslation(["bots", "botGroups", "common"]);
  const languageName = useLanguageName();
  const format = useFormat();
  const groupOf = useBotGroup();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        sort: "name",
        cell: (bot) => (
          <div className={classes.chosen}>
            {choosing && (
              <Checkbox
                size="xs"
                aria-label={t("botGroups:many.choose", { name: bot.name })}
                checked={choosing.ids.has(bot.id)}
                onChange={() => choosing.onToggle(bot.id)}
              />
            )}
            <Link to="/bots/$id" params={{ id: String(bot.id) }} className={classes.name}>
              <TwoLines main={bot.name} sub={<code>{bot.alias}</code>} />
            </Link>
          </div>
        ),
      },
      {
        id: "group",
        header: t("botGroups:one"),
        width: 130,
        sort: "group",
        cell: (bot) => {
          const group = groupOf(bot.group_id);
          return (
            group && (
              <ColorChip color={group.color} plain>
                {group.name}
              </ColorChip>
            )
          );
        },
      },
      {
        id: "active",
        header: t("common:status"),
        width: 165,
        cell: (bot) => <BotSwitch bot={bot} withLabel />,
      },
      {
        id: "channels",
        header: t("channels.title"),
        width: 160,
        cell: (bot) => <ChannelBadges channels={bot.channels} />,
      },
      {
        id: "dialogs",
        header: t("activeDialogs"),
        width: 120,
        align: "end",
        cell: (bot) => format.number(bot.active_dialogs),
      },
      {
        id: "messages",
        header: t("messages24h"),
        width: 140,
        align: "end",
        cell: (bot) => format.number(bot.messages_24h),
      },
      {
        id: "languages",
        header: t("languages"),
        width: 150,
        hidden: true,
        cell: (bot) => bot.languages.map(languageName).join(", "),
      },
      {
        id: "updated",
        header: t("lastChange"),
        width: 125,
        sort: "updated_at",
        cell: (bot) => <RelativeTime at={bot.updated_at} />,
      },
      {
        id: "created",
        header: t("common:created"),
        width: 150,
        sort: "created_at",
        hidden: true,
        cell: (bot) => <RelativeTime at={bot.created_at} />,
      },
      {
        id: "menu",
        header: "",
        width: 56,
        fixed: true,
        align: "end",
        cell: (bot) => <BotMenu bot={bot} onCopy={onCopy} onArchive={onArchive} />,
      },
    ],
    [t, languageName, format, groupOf, onCopy, onArchive, choosing],
  );
}
