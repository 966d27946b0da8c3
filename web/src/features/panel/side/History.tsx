// What was done to the request, by whom and when; read on demand.
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { useLog } from "../data/requests";
import type { LogLine } from "../types";
import { useLogText } from "./logText";
import classes from "./Side.module.css";

export function History({ id }: { id: number }) {
  const { t } = useTranslation("panel");
  const [open, setOpen] = useState(false);
  return (
    <section className={classes.section}>
      <h3>
        <UnstyledButton aria-expanded={open} onClick={() => setOpen(!open)} fz="inherit" fw={600}>
          <Icon name={open ? "chevronDown" : "chevronRight"} size={12} /> {t("side.history")}
        </UnstyledButton>
      </h3>
      {open && <Lines id={id} />}
    </section>
  );
}

function Lines({ id }: { id: number }) {
  const query = useLog(id);
  return (
    <Loaded query={query} rows={3}>
      {(lines) => (
        <ol className={classes.log}>
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </ol>
      )}
    </Loaded>
  );
}

function Line({ line }: { line: LogLine }) {
  const { t } = useTranslation("panel");
  const format = useFormat();
  const textOf = useLogText();
  const who = line.actor_name || t(line.actor_kind === "client" ? "theClient" : "theSystem");
  return (
    <li>
      {textOf(line)}
      <small>
        {who} · <time dateTime={line.at}>{format.dateTime(line.at)}</time>
      </small>
    </li>
  );
}
