// Beside the messages: who it is, where the scenario stands, its variables and runs.
import { Button, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { ErrorState, Loaded, LoadingLines } from "@/ui/feedback/States";
import { JsonView } from "@/ui/JsonView";
import { RelativeTime } from "@/ui/RelativeTime";
import classes from "./Dialogs.module.css";
import { type Dialog, useDialogState, useRuns } from "./queries";
import { RunBadge, useTriggerName } from "./RunBadge";

type Props = { dialog: Dialog; botName: string };

export function DialogSide({ dialog, botName }: Props) {
  const can = useCan();
  return (
    <div className={classes.side}>
      <Facts dialog={dialog} botName={botName} />
      <Variables id={dialog.id} />
      {can("runs.view") && <Runs id={dialog.id} />}
    </div>
  );
}

function Facts({ dialog, botName }: Props) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  const channelName = useChannelName();
  const rows: [string, string | null][] = [
    [t("bot"), botName],
    [t("channel"), [dialog.channel, dialog.origin].filter(Boolean).map(channelName).join(", ")],
    [t("chatId"), dialog.chat_id],
    [t("phone"), dialog.phone],
    [t("language"), dialog.language],
    [t("block"), dialog.node_id ? `#${dialog.node_id}` : null],
    [t("deadline"), dialog.deadline_at && format.dateTime(dialog.deadline_at)],
    [t("begun"), format.dateTime(dialog.created_at)],
  ];
  return (
    <section>
      <h2>{t("facts")}</h2>
      <dl className={classes.facts}>
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name} style={{ display: "contents" }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Variables({ id }: { id: number }) {
  const { t } = useTranslation("dialogs");
  const query = useDialogState(id);
  return (
    <section>
      <h2>{t("variables")}</h2>
      <Loaded query={query} rows={2}>
        {({ variables }) =>
          Object.keys(variables).length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("noVariables")}
            </Text>
          ) : (
            <JsonView value={variables} label={t("variables")} />
          )
        }
      </Loaded>
    </section>
  );
}

function Runs({ id }: { id: number }) {
  const { t } = useTranslation(["dialogs", "ui"]);
  const source = useRuns(id);
  const nameOf = useTriggerName();
  return (
    <section>
      <h2>{t("runs")}</h2>
      {source.error !== null && source.error !== undefined && (
        <ErrorState error={source.error} onRetry={source.refetch} />
      )}
      {source.isPending && !source.error && <LoadingLines rows={2} />}
      <ul className={classes.runs}>
        {source.rows.map((run) => (
          <li key={run.id}>
            <Link to="/runs/$id" params={{ id: String(run.id) }} className={classes.run}>
              <span>
                #{run.id} {nameOf(run.trigger)}
                <br />
                <Text span size="xs" c="dimmed">
                  <RelativeTime at={run.started_at ?? run.created_at} />
                </Text>
              </span>
              <RunBadge run={run} />
            </Link>
          </li>
        ))}
      </ul>
      {source.hasMore && (
        <Button variant="default" loading={source.isLoadingMore} onClick={() => source.loadMore()}>
          {t("ui:table.more")}
        </Button>
      )}
    </section>
  );
}
