// Every request in both directions as it went over the wire, with the check of its signature.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Exchange } from "@/ui/Exchange";
import { Icon } from "@/ui/Icon";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import type { Entry } from "./entries";
import classes from "./Messenger.module.css";
import type { Caught } from "./queries";

const signatureTones: Record<Caught["signature"], Tone> = {
  valid: "ok",
  stale: "warn",
  wrong: "bad",
  unsigned: "warn",
  unknown: "idle",
};

export function RawPane({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation("messenger");
  return (
    <section className={classes.raw} aria-label={t("raw.title")}>
      <header className={classes.rawHead}>
        <h2>{t("raw.title")}</h2>
        <Text size="xs" c="dimmed">
          {t("raw.about")}
        </Text>
      </header>
      {entries.length === 0 && (
        <Text size="sm" c="dimmed" p="md">
          {t("raw.empty")}
        </Text>
      )}
      <ol className={classes.requests}>
        {entries.toReversed().map((entry) => (
          <li key={entry.id}>
            {entry.kind === "sent" ? <SentView entry={entry} /> : <CaughtView entry={entry} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function SentView({ entry }: { entry: Extract<Entry, { kind: "sent" }> }) {
  const { t } = useTranslation("messenger");
  const format = useFormat();
  const { request, answer, error, ms } = entry.sent;
  const good = answer !== null && answer.status < 300;
  return (
    <details className={classes.request}>
      <summary>
        <Icon name="arrowUp" size={14} label={t("raw.toBot")} />
        <span className={classes.what}>{t("raw.toBot")}</span>
        <StatusBadge tone={good ? "ok" : "bad"}>{answer?.status ?? t("raw.noAnswer")}</StatusBadge>
        <time>{format.time(entry.at)}</time>
      </summary>
      <Exchange
        request={{ line: `POST ${request.url}`, headers: request.headers, body: request.body }}
        response={{ status: answer?.status, body: answer?.body, error, ms }}
      />
    </details>
  );
}

function CaughtView({ entry }: { entry: Extract<Entry, { kind: "caught" }> }) {
  const { t } = useTranslation("messenger");
  const format = useFormat();
  const { caught, message } = entry;
  return (
    <details className={classes.request}>
      <summary>
        <Icon name="arrowDown" size={14} label={t("raw.fromBot")} />
        <span className={classes.what}>
          <code>{message?.event ?? caught.method}</code>
        </span>
        <StatusBadge
          tone={signatureTones[caught.signature]}
          hint={t(`signatureHint.${caught.signature}`)}
        >
          {t(`signature.${caught.signature}`)}
        </StatusBadge>
        <time>{format.time(entry.at)}</time>
      </summary>
      <Exchange
        request={{
          line: `${caught.method} ${caught.path}`,
          headers: caught.headers,
          body: caught.body ?? caught.body_base64 ?? "",
        }}
        response={{ status: caught.answer_status }}
      />
    </details>
  );
}
