// All bots: group, state, channels, what was said in a day, last change; several changed at once.
import { Button, Switch } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { ArchiveDialog } from "./ArchiveDialog";
import classes from "./Bots.module.css";
import { BotWizard } from "./BotWizard";
import { CopyBot } from "./CopyBot";
import { useBotColumns } from "./columns";
import { GroupsPanel } from "./GroupsPanel";
import { useBotGroup } from "./groups";
import { ManyBots } from "./ManyBots";
import { type BotListed, useBots } from "./queries";
import { useBotFilters } from "./useBotFilters";

type Opened = { bot: BotListed; as: "archive" | "copy" } | "new" | "groups" | null;

export function BotsPage() {
  const { t } = useTranslation(["bots", "botGroups"]);
  const can = useCan();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters<"q" | "active" | "group_id" | "view" | "sort">();
  const byGroup = filters.view === "groups";
  const source = useBots(byGroup ? { ...filters, sort: "group" } : filters);
  const groupOf = useBotGroup();
  const [opened, setOpened] = useState<Opened>(null);
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const mayEdit = can("bots.edit");
  const mayChoose = mayEdit || can("bots.activate");
  const close = () => setOpened(null);

  const choosing = useMemo(() => {
    const onToggle = (id: number) =>
      setIds(
        (before) =>
          new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
      );
    return mayChoose ? { ids, onToggle } : null;
  }, [ids, mayChoose]);
  const [ask] = useState(() => ({
    onCopy: (bot: BotListed) => setOpened({ bot, as: "copy" }),
    onArchive: (bot: BotListed) => setOpened({ bot, as: "archive" }),
  }));
  const columns = useBotColumns({ ...ask, choosing });
  useHotkey("KeyN", t("add"), () => mayEdit && setOpened("new"));

  const addButton = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setOpened("new")}>
      {t("add")}
    </Button>
  );
  const filterBar = <FilterBar filters={useBotFilters()} values={filters} onChange={setFilters} />;
  const filtered = Boolean(filters.q || filters.active || filters.group_id);

  return (
    <Page
      title={t("title")}
      about={t("about")}
      layout="fill"
      actions={
        <>
          {mayEdit && (
            <Button variant="default" onClick={() => setOpened("groups")}>
              {t("botGroups:open")}
            </Button>
          )}
          {addButton}
        </>
      }
    >
      <DataTable
        name="bots"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(bot) => bot.id}
        onOpen={(bot) => navigate({ to: "/bots/$id", params: { id: String(bot.id) } })}
        sort={byGroup ? undefined : filters.sort}
        onSort={byGroup ? undefined : (sort) => setFilters({ sort })}
        heading={byGroup ? (bot) => groupOf(bot.group_id)?.name ?? t("botGroups:none") : undefined}
        toolbar={
          <div className={classes.toolbar}>
            {filterBar}
            <Switch
              label={t("botGroups:byGroup")}
              checked={byGroup}
              onChange={(event) =>
                setFilters({ view: event.currentTarget.checked ? "groups" : undefined })
              }
            />
          </div>
        }
        empty={
          filtered ? (
            <EmptyState icon="search" title={t("nothingFound")} text={t("nothingFoundText")} />
          ) : (
            <EmptyState icon="bot" title={t("empty")} text={t("emptyText")} action={addButton} />
          )
        }
      />
      <ManyBots
        chosen={source.rows.filter(({ id }) => ids.has(id))}
        onChosen={(chosen) => setIds(new Set(chosen))}
      />
      {opened === "new" && <BotWizard onClose={close} />}
      {opened === "groups" && <GroupsPanel onClose={close} />}
      {opened !== null && typeof opened === "object" && <Asked opened={opened} onClose={close} />}
    </Page>
  );
}

type AskedProps = { opened: { bot: BotListed; as: "archive" | "copy" }; onClose: () => void };

function Asked({ opened: { bot, as }, onClose }: AskedProps) {
  return as === "copy" ? (
    <CopyBot bot={bot} onClose={onClose} />
  ) : (
    <ArchiveDialog bot={bot} opened onClose={onClose} />
  );
}
