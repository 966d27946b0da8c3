// Dialogs that the bot leads now, each with a way to take it over.

import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Face } from "@/ui/Face";
import { EmptyState, ErrorState, LoadingLines } from "@/ui/feedback/States";
import { RelativeTime } from "@/ui/RelativeTime";
import { type BotDialog, useBotDialogs, useTakeover } from "../data/botDialogs";
import classes from "./BotDialogs.module.css";
import { type Came, isNarrowed } from "./came";

export function BotDialogs({ q, came }: { q?: string; came: Came }) {
  const { t } = useTranslation("panel");
  const source = useBotDialogs(q, came);
  if (source.error) return <ErrorState error={source.error} onRetry={source.refetch} />;
  if (source.isPending) return <LoadingLines rows={8} />;
  if (source.rows.length === 0) {
    return q || isNarrowed(came) ? (
      <EmptyState icon="search" title={t("empty.search")} text={t("empty.searchText")} />
    ) : (
      <EmptyState icon="bot" title={t("empty.bot")} text={t("empty.botText")} />
    );
  }
  return (
    <ul className={classes.list} aria-label={t("folders.bot")}>
      {source.rows.map((dialog) => (
        <One key={dialog.id} dialog={dialog} />
      ))}
      {source.hasMore && (
        <li className={classes.more}>
          <Button
            variant="default"
            loading={source.isLoadingMore}
            onClick={() => source.loadMore()}
          >
            {t("list.more")}
          </Button>
        </li>
      )}
    </ul>
  );
}

function One({ dialog }: { dialog: BotDialog }) {
  const { t } = useTranslation("panel");
  const can = useCan();
  const navigate = useNavigate();
  const takeover = useTakeover();
  const name = dialog.client_name || dialog.chat_id;
  const take = async () => {
    const { id } = await takeover.mutateAsync(dialog.id);
    await navigate({
      to: "/operator_panel/requests/{-$number}",
      params: { number: String(id) },
      search: { folder: "my" },
    });
  };
  return (
    <li className={classes.row}>
      <Face name={name} />
      <div className={classes.who}>
        <span className={classes.line}>
          <span className={classes.name}>{name}</span>
          <span className={classes.time}>
            <RelativeTime at={dialog.last_message_at} />
          </span>
        </span>
        <span className={classes.line}>
          <span className={classes.words}>{dialog.last_text || t("list.noText")}</span>
          {can("requests.takeover") && (
            <Button
              size="compact-sm"
              variant="default"
              loading={takeover.isPending}
              onClick={take}
              aria-label={t("takeOverOf", { name })}
            >
              {t("takeOver")}
            </Button>
          )}
        </span>
      </div>
    </li>
  );
}
