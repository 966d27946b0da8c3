// What differs between two documents, block by block and field by field.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { isKind } from "../canvas/kinds";
import type { Diff } from "../queries";
import { usePortName } from "../usePortName";
import classes from "./DiffView.module.css";
import { type Piece, pieces } from "./diffText";

type Kind = "added" | "removed" | "changed";
type Parts = Diff["nodes"];
type Part = Parts["added"][number];
type FieldChange = Parts["changed"][number]["changes"][number];

const tones: Record<Kind, Tone> = { added: "ok", removed: "bad", changed: "info" };

type Props = { diff: Diff; onOpen?: (nodeId: number) => void };

export function DiffView({ diff, onOpen }: Props) {
  const { t } = useTranslation("scenario");
  if (diff.same) return <p className={classes.same}>{t("diff.same")}</p>;
  return (
    <div className={classes.diff}>
      <Group title={t("diff.nodes")} parts={diff.nodes} onOpen={onOpen} />
      <Arrows edges={diff.edges} />
      <Group title={t("diff.constants")} parts={diff.constants} />
      <Group title={t("diff.sections")} parts={diff.sections} />
    </div>
  );
}

type GroupProps = { title: string; parts: Parts; onOpen?: (nodeId: number) => void };

function Group({ title, parts, onOpen }: GroupProps) {
  const { t } = useTranslation("scenario");
  const { added, removed } = parts;
  const { changed, moved } = apart(parts.changed);
  if (added.length + removed.length + parts.changed.length === 0) return null;
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.list}>
        {added.map((part) => (
          <PartLine key={part.key} kind="added" part={part} onOpen={onOpen} />
        ))}
        {removed.map((part) => (
          <PartLine key={part.key} kind="removed" part={part} />
        ))}
        {changed.map(({ key, label, changes }) => (
          <li key={key}>
            <PartName kind="changed" part={{ key, label, type: "" }} onOpen={onOpen} />
            <ul className={classes.fields}>
              {changes.map((change) => (
                <Field key={`${change.path} ${change.kind}`} change={change} />
              ))}
            </ul>
          </li>
        ))}
        {moved.length > 0 && (
          <li className={classes.moved}>
            {t("diff.moved", {
              names: moved
                .map(({ key, label }) => (label && label !== String(key) ? label : `#${key}`))
                .join(", "),
            })}
          </li>
        )}
      </ul>
    </section>
  );
}

/** A place on the canvas changes nothing for clients: it is told in one line. */
function apart(changed: Parts["changed"]) {
  const isPlace = ({ path }: FieldChange) => path === "x" || path === "y";
  return {
    changed: changed
      .map((one) => ({ ...one, changes: one.changes.filter((change) => !isPlace(change)) }))
      .filter(({ changes }) => changes.length > 0),
    moved: changed.filter(({ changes }) => changes.every(isPlace)),
  };
}

type PartProps = { kind: Kind; part: Part; onOpen?: (nodeId: number) => void };

function PartLine(props: PartProps) {
  return (
    <li>
      <PartName {...props} />
    </li>
  );
}

function PartName({ kind, part, onOpen }: PartProps) {
  const { t } = useTranslation("scenario");
  const type = part.type && isKind(part.type) ? t(`kinds.${part.type}`) : part.type;
  const id = typeof part.key === "number" ? part.key : null;
  const inner = (
    <>
      <b>{part.label || type || part.key}</b>
      {type && part.label && <span>{type}</span>}
      {id !== null && <span>#{id}</span>}
    </>
  );
  return (
    <div className={classes.part}>
      <StatusBadge tone={tones[kind]} dot={false}>
        {t(`diff.${kind}`)}
      </StatusBadge>
      {onOpen && id !== null ? (
        <UnstyledButton className={classes.name} onClick={() => onOpen(id)}>
          {inner}
        </UnstyledButton>
      ) : (
        <span className={classes.name}>{inner}</span>
      )}
    </div>
  );
}

function Field({ change }: { change: FieldChange }) {
  const { before, after } = pieces(change.before, change.after);
  return (
    <li className={classes.field}>
      <code className={classes.path}>{change.path}</code>
      {change.kind !== "added" && <Side kind="removed" parts={before} />}
      {change.kind !== "removed" && <Side kind="added" parts={after} />}
    </li>
  );
}

function Side({ kind, parts }: { kind: "added" | "removed"; parts: Piece[] }) {
  const { t } = useTranslation("scenario");
  const Tag = kind === "added" ? "ins" : "del";
  return (
    <Tag className={classes.side} data-kind={kind} aria-label={t(`diff.${kind}`)}>
      {parts.map(({ text, differs, at }) =>
        differs ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
      )}
    </Tag>
  );
}

function Arrows({ edges }: { edges: Diff["edges"] }) {
  const { t } = useTranslation("scenario");
  const nameOf = usePortName();
  if (edges.added.length + edges.removed.length === 0) return null;
  const line = (kind: "added" | "removed") => (edge: Diff["edges"]["added"][number]) => (
    <li key={`${kind} ${edge.from_node} ${edge.from_port} ${edge.to_node}`}>
      <div className={classes.part}>
        <StatusBadge tone={tones[kind]} dot={false}>
          {t(`diff.${kind}`)}
        </StatusBadge>
        <span className={classes.name}>
          #{edge.from_node} <span>{nameOf({ id: edge.from_port, label: null })}</span> › #
          {edge.to_node}
        </span>
      </div>
    </li>
  );
  return (
    <section>
      <h3 className={classes.title}>{t("diff.edges")}</h3>
      <ul className={classes.list}>
        {edges.added.map(line("added"))}
        {edges.removed.map(line("removed"))}
      </ul>
    </section>
  );
}
