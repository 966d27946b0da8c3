// The requests for which an action did not work out, each with its reason, and another try.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Failed, Going } from "../../data/bulk";
import { type Change, overLimit } from "../../logic/bulk";
import type { Request } from "../../types";
import classes from "./Many.module.css";

type Props = { going: Going; onRetry: (failed: Request[], change: Change) => void };

const fields = {
  topic_id: "topic",
  subject_id: "topic",
  tag_ids: "tags",
  reason: "close.reason",
  comment: "comment",
} as const;

export function Failures({ going, onRetry }: Props) {
  const { t } = useTranslation(["panel", "panelMany", "ui"]);
  const { asked, failed, change } = going;
  const byId = new Map(failed.map((one) => [one.id, one]));
  const left = asked.filter(({ id }) => byId.has(id));
  const forced = failed.some(({ code }) => code === "limit_reached") ? overLimit(change) : null;
  return (
    <div className={classes.failures} role="alert">
      <strong>
        {t("panelMany:failed", {
          failed: failed.length,
          total: asked.length,
        })}
      </strong>
      <ul>
        {left.map(({ id, client_name }) => (
          <li key={id}>
            <b>
              #{id} {client_name}
            </b>
            <Reason of={byId.get(id)} />
          </li>
        ))}
      </ul>
      <div className={classes.again}>
        <Button size="compact-sm" variant="default" onClick={() => onRetry(left, change)}>
          {t("ui:retry")}
        </Button>
        {forced && (
          <Button size="compact-sm" variant="default" onClick={() => onRetry(left, forced)}>
            {t("panelMany:assign.anyway")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What single fields lack says more than that something is lacking. */
function Reason({ of }: { of: Failed | undefined }) {
  const { t } = useTranslation(["panel", "panelMany"]);
  if (!of) return null;
  const told = of.code === "validation" ? of.errors : [];
  if (told.length === 0) return <span>{of.message}</span>;
  return (
    <span>
      {told
        .map(({ field, message }) => {
          const known = fields[field as keyof typeof fields];
          return known ? t("panelMany:field", { field: t(known), message }) : message;
        })
        .join(" ")}
    </span>
  );
}
