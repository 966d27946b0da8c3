// Conversations of bots: the last words, what is waited for, and for how long.
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useChannelName } from "@/features/channels";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import classes from "./Dialogs.module.css";
import { type Dialog, useDialogs } from "./queries";
import { waitings } from "./statuses";
import { WaitingBadge } from "./WaitingBadge";

const tags = ["utm_source", "utm_campaign"] as const;
type Tag = (typeof tags)[number];

function useColumns(botName: (id: number) => string): Column<Dialog>[] {
  const { t } = useTranslation("dialogs");
  const channelName = useChannelName();
  return useMemo(
    () => [
      {
        id: "client",
        header: t("client"),
        width: 220,
        fixed: true,
        cell: (dialog) => (
          <Link to="/dialogs/$id" params={{ id: String(dialog.id) }} className={classes.name}>
            <TwoLines
              main={dialog.client_name || dialog.chat_id}
              sub={dialog.phone ?? dialog.chat_id}
            />
          </Link>
        ),
      },
      { id: "bot", header: t("bot"), width: 150, cell: (dialog) => botName(dialog.bot_id) },
      {
        id: "last",
        header: t("lastWords"),
        cell: (dialog) => (
          <span className={classes.last}>
            <span className={classes.direction}>
              <Icon
                name={dialog.last_direction === "out" ? "bot" : "user"}
                size={12}
                label={dialog.last_direction === "out" ? t("fromBot") : t("fromClient")}
              />
            </span>
            <span className={classes.lastText}>
              {dialog.last_text || (dialog.last_kind ? t("noText") : "–")}
            </span>
          </span>
        ),
      },
      {
        id: "waiting",
        header: t("waitingFor"),
        width: 190,
        rigid: true,
        cell: (dialog) => <WaitingBadge dialog={dialog} />,
      },
      {
        id: "at",
        header: t("since"),
        width: 150,
        cell: (dialog) => <RelativeTime at={dialog.last_message_at} />,
      },
      {
        id: "channel",
        header: t("channel"),
        width: 150,
        hidden: true,
        cell: (dialog) => (
          <TwoLines main={channelName(dialog.channel)} sub={channelName(dialog.origin)} />
        ),
      },
      {
        id: "created",
        header: t("begun"),
        width: 150,
        hidden: true,
        cell: (dialog) => <RelativeTime at={dialog.created_at} />,
      },
    ],
    [t, botName, channelName],
  );
}

export function useBotName(): (id: number) => string {
  const choices = useBotChoices();
  return useMemo(() => {
    const names = new Map(choices.map(({ value, label }) => [Number(value), label]));
    return (id: number) => names.get(id) ?? `#${id}`;
  }, [choices]);
}

export function DialogsPage() {
  const { t } = useTranslation("dialogs");
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters<"bot_id" | "waiting" | "q" | Tag>();
  const source = useDialogs(filters);
  const bots = useBotChoices();
  const columns = useColumns(useBotName());
  const filterList = useMemo(
    () => [
      { kind: "search" as const, key: "q", label: t("search") },
      {
        kind: "choice" as const,
        key: "bot_id",
        label: t("bot"),
        choices: bots,
        searchable: true,
      },
      {
        kind: "choice" as const,
        key: "waiting",
        label: t("waitingFor"),
        choices: waitings.map((value) => ({ value, label: t(`waiting.${value}`) })),
      },
      ...tags.map((key) => ({ kind: "text" as const, key, label: t(`tags.${key}`) })),
    ],
    [t, bots],
  );
  const filtered = Object.values(filters).some(Boolean);

  return (
    <Page title={t("title")} about={t("about")} layout="fill">
      <DataTable
        name="dialogs"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(dialog) => dialog.id}
        onOpen={(dialog) => navigate({ to: "/dialogs/$id", params: { id: String(dialog.id) } })}
        toolbar={<FilterBar filters={filterList} values={filters} onChange={setFilters} />}
        empty={
          filtered ? (
            <EmptyState icon="search" title={t("nothingFound")} text={t("nothingFoundText")} />
          ) : (
            <EmptyState icon="message" title={t("empty")} text={t("emptyText")} />
          )
        }
      />
    </Page>
  );
}
