// The steps of a run: each with its event, nodes, variables, words said and calls.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  actionOf,
  findNode,
  type Graph,
  KindIcon,
  useNodeName,
  usePortName,
} from "@/features/scenario";
import { useFormat } from "@/i18n/format";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { StatusBadge } from "@/ui/StatusBadge";
import { CallCard } from "./CallCard";
import { EffectLine } from "./EffectLine";
import { EventLine } from "./EventLine";
import type { RunDetail, Step } from "./queries";
import classes from "./Run.module.css";
import { callsOfStep, partsOf, type TraceStep, traceOf } from "./trace";

type Props = { run: RunDetail; graph: Graph | null };

export function RunSteps({ run, graph }: Props) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  if (run.steps.length === 0) {
    return <EmptyState icon="clock" title={t("noSteps")} text={t("noStepsText")} />;
  }
  return (
    <section>
      <h2 className={classes.title}>{t("steps")}</h2>
      <ol className={classes.steps}>
        {run.steps.map((step, index) => (
          <li key={step.id} className={classes.step}>
            <header className={classes.stepHead}>
              <b>{t("step", { number: index + 1 })}</b>
              <time dateTime={step.at}>{format.exact(step.at)}</time>
            </header>
            <EventLine event={step.event} />
            <ol className={classes.nodes}>
              {traceOf(step).map((passed, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a journal never changes
                <Passed key={place} passed={passed} run={run} graph={graph} />
              ))}
            </ol>
            <StepResults step={step} run={run} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepResults({ step, run }: { step: Step; run: RunDetail }) {
  return (
    <>
      {step.effects.map((effect, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a journal never changes
        <EffectLine key={place} effect={effect} />
      ))}
      {callsOfStep(step, run.calls).map((call) => (
        <CallCard key={call.call_id} call={call} />
      ))}
      {step.warnings.map((warning) => (
        <p key={JSON.stringify(warning)} className={classes.warning}>
          <Icon name="alert" size={14} />
          <span>
            <Sentence warning={warning} />
            {warning.node_id != null && ` #${String(warning.node_id)}`}
          </span>
        </p>
      ))}
    </>
  );
}

/** The server's sentence; names of variables and ports in it are no words of a language. */
function Sentence({ warning }: { warning: Step["warnings"][number] }) {
  const message = String(warning.message ?? warning.code);
  const names = Object.values(warning.params ?? {}).map(String);
  return partsOf(message, names).map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a journal never changes
      <code key={place}>{part}</code>
    ),
  );
}

type PassedProps = { passed: TraceStep; run: RunDetail; graph: Graph | null };

function Passed({ passed, run, graph }: PassedProps) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  const portName = usePortName();
  const nodeName = useNodeName();
  const { node_id, type, port, ms, error, note, changed = {} } = passed;
  const node = graph ? findNode(graph, node_id) : undefined;
  return (
    <li className={classes.node}>
      <div className={classes.nodeHead}>
        <KindIcon type={type} />
        <Link
          to="/dialog/bot-scenario/$id"
          params={{ id: String(run.bot_id) }}
          search={{ node: String(node_id) }}
        >
          {nodeName(node ?? { type })} #{node_id}
        </Link>
        {port ? (
          <span className={classes.port}>
            <Icon name="chevronRight" size={12} />{" "}
            {portName({ id: port, label: null, action: node && actionOf(node) })}
          </span>
        ) : (
          type !== "exit" && <span className={classes.port}>{t("stoppedHere")}</span>
        )}
        {note && <code>{note.replace("->", "›")}</code>}
        {ms != null && <span className={classes.port}>{format.duration(ms)}</span>}
        {error && <StatusBadge tone="bad">{error}</StatusBadge>}
      </div>
      {Object.entries(changed).map(([name, value]) => (
        <div key={name} className={classes.changed}>
          <code>{name}</code> = <code>{value === "" ? t("removed") : value}</code>
        </div>
      ))}
    </li>
  );
}
