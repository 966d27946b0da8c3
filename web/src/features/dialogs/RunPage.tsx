// One run: its way on the canvas, then step by step what came, what was passed and done.
import { Alert, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { RunCanvas, useRunGraph } from "@/features/scenario";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { JsonView } from "@/ui/JsonView";
import { Page } from "@/ui/page/Page";
import { useBotName } from "./DialogsPage";
import { isOpen, type RunDetail, useCancelRun, useRun } from "./queries";
import classes from "./Run.module.css";
import { RunBadge, useTriggerName } from "./RunBadge";
import { RunSteps } from "./RunSteps";
import { passesOf } from "./trace";

export function RunPage({ id }: { id: number }) {
  const { t } = useTranslation("dialogs");
  const can = useCan();
  const query = useRun(id);
  const run = query.data;
  const cancel = useCancelRun(id);
  const [asking, setAsking] = useState(false);
  const botName = useBotName();

  return (
    <Page
      title={t("runNumber", { id })}
      badge={run && <RunBadge run={run} />}
      about={run && botName(run.bot_id)}
      back={
        run?.dialog_id ? (
          <Link to="/dialogs/$id" params={{ id: String(run.dialog_id) }}>
            <Icon name="arrowLeft" size={12} /> {t("toDialog")}
          </Link>
        ) : (
          <Link to="/dialogs">
            <Icon name="arrowLeft" size={12} /> {t("title")}
          </Link>
        )
      }
      actions={
        run &&
        isOpen(run) &&
        can("runs.cancel") && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("cancel.action")}
          </Button>
        )
      }
    >
      <Loaded query={query}>{(shown) => <Body run={shown} />}</Loaded>
      <ConfirmDialog
        opened={asking}
        title={t("cancel.title", { id })}
        consequences={[t("cancel.stops"), t("cancel.kept")]}
        confirmLabel={t("cancel.action")}
        danger
        onConfirm={async () => {
          await cancel();
          showDone(t("cancel.done", { id }));
        }}
        onClose={() => setAsking(false)}
      />
    </Page>
  );
}

function Body({ run }: { run: RunDetail }) {
  const { t, i18n } = useTranslation("dialogs");
  const graph = useRunGraph(run.bot_id, run.version_id, i18n.language);
  const passes = useMemo(() => passesOf(run.steps), [run.steps]);
  return (
    <>
      <Summary run={run} />
      {run.error && (
        <Alert color="red" icon={<Icon name="alert" />} title={t("runFailed")}>
          {run.error}
        </Alert>
      )}
      {graph && passes.length > 0 && (
        <RunCanvas graph={graph} language={i18n.language} passes={passes} />
      )}
      {run.output && (
        <section>
          <h2 className={classes.title}>{t("output")}</h2>
          <JsonView value={run.output} label={t("output")} />
        </section>
      )}
      <RunSteps run={run} graph={graph} />
    </>
  );
}

function Summary({ run }: { run: RunDetail }) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  const nameOf = useTriggerName();
  const took =
    run.started_at && run.ended_at
      ? format.duration(new Date(run.ended_at).getTime() - new Date(run.started_at).getTime())
      : null;
  const facts: [string, string | null][] = [
    [t("beganBy"), nameOf(run.trigger)],
    [t("started"), run.started_at && format.exact(run.started_at)],
    [t("ended"), run.ended_at && format.exact(run.ended_at)],
    [t("took"), took],
    [t("due"), run.due_at && format.exact(run.due_at)],
    [t("chatId"), run.chat_id],
    [t("key"), run.key_name],
    [t("address"), run.address],
  ];
  return (
    <dl className={classes.summary}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
