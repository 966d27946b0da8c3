// One HTTP call: what went out and what came back.
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import classes from "./Exchange.module.css";
import { prettyJson } from "./prettyJson";
import { ScrollCode } from "./ScrollCode";
import { StatusBadge } from "./StatusBadge";

type Headers = Record<string, string>;
type Request = { line: string; headers?: Headers; body?: string };
type Response = {
  status?: number | null;
  ms?: number | null;
  error?: string | null;
  headers?: Headers;
  body?: string | null;
};

export function Exchange({ request, response }: { request: Request; response?: Response }) {
  const { t } = useTranslation("ui");
  const format = useFormat();
  const good = response?.status != null && response.status < 400;
  return (
    <div className={classes.exchange}>
      <Side title={t("exchange.request")} lines={[request.line]} {...request} />
      {response && (
        <Side
          title={t("exchange.response")}
          lines={[]}
          headers={response.headers}
          body={response.body}
          badge={
            <>
              <StatusBadge tone={good ? "ok" : "bad"}>
                {response.status ?? t("exchange.none")}
              </StatusBadge>
              {response.ms != null && <span>{format.duration(response.ms)}</span>}
              {response.error && <span translate="no">{response.error}</span>}
            </>
          }
        />
      )}
    </div>
  );
}

type SideProps = {
  title: string;
  lines: string[];
  headers?: Headers;
  body?: string | null;
  badge?: React.ReactNode;
};

function Side({ title, lines, headers = {}, body, badge }: SideProps) {
  const { t } = useTranslation("ui");
  const head = [...lines, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return (
    <div className={classes.side}>
      <div className={classes.title}>
        <b>{title}</b>
        {badge}
      </div>
      {(head.length > 0 || body !== undefined) && (
        <ScrollCode className={classes.code}>
          {head.length > 0 && <span className={classes.head}>{`${head.join("\n")}\n\n`}</span>}
          {body ? prettyJson(body) : t("exchange.empty")}
        </ScrollCode>
      )}
    </div>
  );
}
