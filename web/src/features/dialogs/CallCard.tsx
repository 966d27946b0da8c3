// An action that worked outside the engine: what it was given, each HTTP request, the result.
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Exchange } from "@/ui/Exchange";
import { Icon } from "@/ui/Icon";
import { JsonView } from "@/ui/JsonView";
import { StatusBadge } from "@/ui/StatusBadge";
import type { Call } from "./queries";
import classes from "./Run.module.css";
import { logOf } from "./trace";

export function CallCard({ call }: { call: Call }) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  const { lines, requests } = logOf(call);
  const event = call.result?.event;
  const failed = Boolean(call.result?.error) || event === "not_ok" || event === "error";
  const took =
    call.started_at && call.ended_at
      ? new Date(call.ended_at).getTime() - new Date(call.started_at).getTime()
      : null;
  return (
    <details className={classes.call} open={failed}>
      <summary>
        <Icon name="code" size={14} /> <code>{call.action}</code>
        <StatusBadge tone={call.result ? (failed ? "bad" : "ok") : "info"}>
          {event ? String(event) : t("callRunning")}
        </StatusBadge>
        {took !== null && <span>{format.duration(took)}</span>}
      </summary>
      {requests.map((request) => (
        <Exchange
          key={`${request.method} ${request.url} ${request.ms}`}
          request={{
            line: `${request.method} ${request.url}`,
            headers: request.request_headers,
            body: request.request_body,
          }}
          response={{
            status: request.status,
            ms: request.ms,
            error: request.error,
            headers: request.response_headers,
            body: request.response_body,
          }}
        />
      ))}
      {lines.length > 0 && (
        <ul className={classes.log}>
          {lines.map((line) => (
            <li key={line.text} data-level={line.level} translate="no">
              {line.text}
            </li>
          ))}
        </ul>
      )}
      <h4>{t("given")}</h4>
      <JsonView value={call.values} label={t("given")} />
      {call.result && (
        <>
          <h4>{t("result")}</h4>
          <JsonView value={call.result} label={t("result")} />
        </>
      )}
    </details>
  );
}
