// Pushes of all clients of a bot: start one, see how far it is, pause, resume, cancel.
import { Button, Group, Menu, NumberInput, Progress } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { showDone, showProblem } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { type Push, type Turn, usePushes, useStartPush, useTurnPush } from "./queries";

type Status = "running" | "paused" | "stopped" | "cancelled" | "done";
const tones: Record<Status, Tone> = {
  running: "info",
  paused: "warn",
  stopped: "bad",
  cancelled: "idle",
  done: "ok",
};
const turns: Record<Status, Turn[]> = {
  running: ["pause", "cancel"],
  paused: ["resume", "cancel"],
  stopped: ["resume", "cancel"],
  cancelled: [],
  done: [],
};
const icons = { pause: "pause", resume: "play", cancel: "close" } as const;

export function Pushes({ botId, mayEdit }: { botId: number; mayEdit: boolean }) {
  const { t } = useTranslation(["esputnik", "common"]);
  const [running, setRunning] = useState(false);
  const source = usePushes(botId, running);
  const isRunning = source.rows.some((push) => push.status === "running");
  if (isRunning !== running) setRunning(isRunning);
  const columns = useColumns(botId, mayEdit);
  return (
    <section aria-label={t("pushes.title")} style={{ marginTop: "2rem" }}>
      <h2>{t("pushes.title")}</h2>
      <p>{t("pushes.about")}</p>
      {mayEdit && <Start botId={botId} busy={isRunning} />}
      <DataTable
        name="esputnik-pushes"
        label={t("pushes.title")}
        columns={columns}
        source={source}
        rowId={({ id }) => id}
        empty={<EmptyState icon="send" title={t("pushes.empty")} text={t("pushes.emptyText")} />}
      />
    </section>
  );
}

function Start({ botId, busy }: { botId: number; busy: boolean }) {
  const { t } = useTranslation("esputnik");
  const start = useStartPush(botId);
  const [delay, setDelay] = useState<number | string>(1);
  const [failure, setFailure] = useState<unknown>(null);
  const begin = async () => {
    setFailure(null);
    try {
      const { total } = await start(Number(delay));
      showDone(t("pushes.started", { count: total }));
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <>
      <Group align="end" mb="md">
        <NumberInput
          label={t("pushes.delay")}
          min={0}
          max={3600}
          value={delay}
          onChange={setDelay}
          style={{ width: "12rem" }}
        />
        <Button leftSection={<Icon name="send" />} disabled={busy} onClick={() => void begin()}>
          {t("pushes.start")}
        </Button>
      </Group>
      <FormProblem failure={failure} />
    </>
  );
}

function useColumns(botId: number, mayEdit: boolean): Column<Push>[] {
  const { t } = useTranslation(["esputnik", "common"]);
  const turn = useTurnPush(botId);
  return useMemo(() => {
    const act = async (push: Push, to: Turn) => {
      try {
        await turn({ push_id: push.id, turn: to });
      } catch (error) {
        showProblem(error);
      }
    };
    const list: Column<Push>[] = [
      {
        id: "status",
        header: t("common:status"),
        fixed: true,
        width: 190,
        rigid: true,
        cell: (push) => (
          <StatusBadge tone={tones[push.status as Status]}>
            {t(`pushes.status.${push.status as Status}`)}
          </StatusBadge>
        ),
      },
      { id: "progress", header: t("pushes.progress"), cell: (push) => <HowFar push={push} /> },
      {
        id: "errors",
        header: t("pushes.errors"),
        width: 190,
        cell: (push) => <Errors botId={botId} push={push} />,
      },
      {
        id: "at",
        header: t("pushes.began"),
        width: 180,
        cell: (push) => (
          <TwoLines main={<RelativeTime at={push.created_at} />} sub={push.started_by} />
        ),
      },
    ];
    const menu = (push: Push) => {
      const offered = turns[push.status as Status];
      return offered.length === 0 ? null : (
        <RowMenu name={t(`pushes.status.${push.status as Status}`)}>
          {offered.map((to) => (
            <Menu.Item
              key={to}
              leftSection={<Icon name={icons[to]} />}
              onClick={() => void act(push, to)}
            >
              {t(`pushes.${to}`)}
            </Menu.Item>
          ))}
        </RowMenu>
      );
    };
    if (mayEdit) {
      list.push({ id: "menu", header: "", width: 56, fixed: true, align: "end", cell: menu });
    }
    return list;
  }, [t, turn, botId, mayEdit]);
}

function HowFar({ push }: { push: Push }) {
  const { t } = useTranslation("esputnik");
  const share = push.total === 0 ? 100 : Math.min(100, (push.done / push.total) * 100);
  const { done, total, sent, skipped } = push;
  return (
    <div>
      <Progress value={share} aria-label={t("pushes.progress")} mb={4} />
      {t("pushes.numbers", { done, total, sent, skipped })}
    </div>
  );
}

function Errors({ botId, push }: { botId: number; push: Push }) {
  const { t } = useTranslation("esputnik");
  const table = `/api/v1/bots/${botId}/esputnik/pushes/${push.id}/errors.csv`;
  const link = push.failed > 0 && (
    <a href={table} download>
      {t("pushes.table", { count: push.failed })}
    </a>
  );
  return <TwoLines main={link || "–"} sub={push.error ?? undefined} />;
}
