// One request: who, when, both bodies, and the command that repeats it.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { CopyTextButton } from "@/ui/CopyField";
import { Exchange } from "@/ui/Exchange";
import { Loaded } from "@/ui/feedback/States";
import { SidePanel } from "@/ui/SidePanel";
import { sourceKey } from "./columns";
import { curlOf } from "./curlOf";
import { type RequestDetail, useRequest } from "./queries";
import classes from "./Request.module.css";

type Props = { id: number | null; botName: (id: number) => string; onClose: () => void };

export function RequestPanel({ id, botName, onClose }: Props) {
  const { t } = useTranslation("requests");
  const query = useRequest(id);
  const request = query.data;
  return (
    <SidePanel
      opened={id !== null}
      title={request ? t(sourceKey(request.source)) : t("one")}
      onClose={onClose}
      footer={
        request && (
          <CopyTextButton value={curlOf(request, window.location.origin)}>
            {t("copyCurl")}
          </CopyTextButton>
        )
      }
      size={620}
    >
      {id !== null && (
        <Loaded query={query}>
          {(shown) => <Detail request={shown} bot={shown.bot_id && botName(shown.bot_id)} />}
        </Loaded>
      )}
    </SidePanel>
  );
}

function Detail({ request, bot }: { request: RequestDetail; bot: React.ReactNode }) {
  const { t } = useTranslation("requests");
  const format = useFormat();
  const { caller, run_id } = request;
  const facts: [string, React.ReactNode][] = [
    [t("direction"), request.direction === "in" ? t("directions.in") : t("directions.out")],
    [t("at"), format.exact(request.at)],
    [
      t("caller"),
      caller && (
        <>
          {caller.name} {caller.key_prefix && <code>{caller.key_prefix}…</code>}
        </>
      ),
    ],
    [t("bot"), bot],
    [
      t("run"),
      run_id !== null && (
        <Link to="/runs/$id" params={{ id: String(run_id) }}>
          {run_id}
        </Link>
      ),
    ],
    [t("address"), request.address],
    [t("requestId"), request.request_id && <code>{request.request_id}</code>],
  ];
  return (
    <>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Exchange
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
      <p className={classes.note}>{t("masked")}</p>
    </>
  );
}
