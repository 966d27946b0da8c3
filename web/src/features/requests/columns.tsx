// The columns of the request log.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { RelativeTime } from "@/ui/RelativeTime";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { AnswerStatus } from "./AnswerStatus";
import { type LoggedRequest, oneOf, sources } from "./queries";

/** The door a request came in by or the action that sent it, as a key of its name. */
export function sourceKey(source: string): `sources.${(typeof sources)[number]}` | "sources.other" {
  const known = oneOf(sources, source);
  return known ? `sources.${known}` : "sources.other";
}

export function useRequestColumns(botName: (id: number) => string): Column<LoggedRequest>[] {
  const { t } = useTranslation("requests");
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "request",
        header: t("request"),
        width: 380,
        fixed: true,
        cell: ({ method, url, error }) => (
          <TwoLines
            main={<code>{`${method} ${url}`}</code>}
            sub={error && <span translate="no">{error}</span>}
          />
        ),
      },
      {
        id: "direction",
        header: t("direction"),
        width: 170,
        cell: ({ direction, source }) => (
          <TwoLines
            main={direction === "in" ? t("directions.in") : t("directions.out")}
            sub={t(sourceKey(source))}
          />
        ),
      },
      {
        id: "status",
        header: t("answer"),
        width: 130,
        rigid: true,
        cell: (request) => <AnswerStatus status={request.status} />,
      },
      {
        id: "ms",
        header: t("took"),
        width: 115,
        align: "end",
        cell: ({ ms }) => format.duration(ms),
      },
      {
        id: "caller",
        header: t("caller"),
        width: 170,
        cell: ({ caller }) =>
          caller ? (
            <TwoLines
              main={caller.name}
              sub={caller.key_prefix && <code>{caller.key_prefix}…</code>}
            />
          ) : (
            "–"
          ),
      },
      {
        id: "bot",
        header: t("bot"),
        width: 140,
        cell: ({ bot_id }) => (bot_id === null ? "–" : botName(bot_id)),
      },
      {
        id: "at",
        header: t("at"),
        width: 150,
        cell: ({ at }) => <RelativeTime at={at} />,
      },
      {
        id: "address",
        header: t("address"),
        hidden: true,
        cell: ({ address }) => address ?? "–",
      },
    ],
    [t, format, botName],
  );
}
