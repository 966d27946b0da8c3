// All bots: state, channels, what was said in a day, last change.
import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Page } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { ArchiveDialog } from "./ArchiveDialog";
import { BotMenu } from "./BotMenu";
import { BotSwitch } from "./BotSwitch";
import classes from "./Bots.module.css";
import { BotWizard } from "./BotWizard";
import { ChannelBadges } from "./ChannelBadges";
import { CopyBot } from "./CopyBot";
import { useLanguageName } from "./languageChoices";
import { type BotListed, useBots } from "./queries";

type Ask = (bot: BotListed) => void;

function useBotColumns(onCopy: Ask, onArchive: Ask): Column<BotListed>[] {
  const { t } = useTranslation(["bots", "common"]);
  const languageName = useLanguageName();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        sort: "name",
        cell: (bot) => (
          <Link to="/bots/$id" params={{ id: String(bot.id) }} className={classes.name}>
            <TwoLines main={bot.name} sub={<code>{bot.alias}</code>} />
          </Link>
        ),
      },
      {
        id: "active",
        header: t("common:status"),
        width: 195,
        cell: (bot) => <BotSwitch bot={bot} withLabel />,
      },
      {
        id: "channels",
        header: t("channels.title"),
        width: 170,
        cell: (bot) => <ChannelBadges channels={bot.channels} />,
      },
      {
        id: "messages",
        header: t("messages24h"),
        width: 160,
        align: "end",
        cell: (bot) => format.number(bot.messages_24h),
      },
      {
        id: "languages",
        header: t("languages"),
        width: 150,
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
    [t, languageName, format, onCopy, onArchive],
  );
}

export function BotsPage() {
  const { t } = useTranslation(["bots", "common"]);
  const can = useCan();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters<"q" | "active" | "sort">();
  const source = useBots(filters);
  const [leaving, setLeaving] = useState<BotListed | null>(null);
  const [copied, setCopied] = useState<BotListed | null>(null);
  const columns = useBotColumns(setCopied, setLeaving);
  const [creating, setCreating] = useState(false);
  const mayEdit = can("bots.edit");
  useHotkey("KeyN", t("add"), () => mayEdit && setCreating(true));

  const filterList = useMemo(
    () => [
      { kind: "search" as const, key: "q", label: t("search") },
      {
        kind: "choice" as const,
        key: "active",
        label: t("common:status"),
        choices: [
          { value: "yes", label: t("common:active") },
          { value: "no", label: t("common:inactive") },
        ],
      },
    ],
    [t],
  );
  const addButton = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setCreating(true)}>
      {t("add")}
    </Button>
  );
  const filtered = Boolean(filters.q || filters.active);

  return (
    <Page title={t("title")} about={t("about")} layout="fill" actions={addButton}>
      <DataTable
        name="bots"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(bot) => bot.id}
        onOpen={(bot) => navigate({ to: "/bots/$id", params: { id: String(bot.id) } })}
        sort={filters.sort}
        onSort={(sort) => setFilters({ sort })}
        toolbar={<FilterBar filters={filterList} values={filters} onChange={setFilters} />}
        empty={
          filtered ? (
            <EmptyState icon="search" title={t("nothingFound")} text={t("nothingFoundText")} />
          ) : (
            <EmptyState icon="bot" title={t("empty")} text={t("emptyText")} action={addButton} />
          )
        }
      />
      {leaving && <ArchiveDialog bot={leaving} opened onClose={() => setLeaving(null)} />}
      {copied && <CopyBot bot={copied} onClose={() => setCopied(null)} />}
      {creating && <BotWizard onClose={() => setCreating(false)} />}
    </Page>
  );
}
