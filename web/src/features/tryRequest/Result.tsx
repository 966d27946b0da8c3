// What a tried request came to: the branch, the calls, the answer as a tree, the variables.
import { Alert, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Exchange } from "@/ui/Exchange";
import { Icon } from "@/ui/Icon";
import { JsonView } from "@/ui/JsonView";
import { StatusBadge } from "@/ui/StatusBadge";
import { type Step, whole } from "./mapping";
import type { TriedOut } from "./queries";
import { ResponseTree } from "./ResponseTree";

type Props = { result: TriedOut; kept: string; onPick: (steps: Step[]) => void };

export function Result({ result, kept, onPick }: Props) {
  const { t } = useTranslation("tryRequest");
  const variables = result.variables as Record<string, unknown>;
  const answer = variables[kept];
  const { [whole]: _, ...shown } = variables;
  if (result.event === null) {
    return (
      <Alert color="red" icon={<Icon name="alert" />} title={t("notSent")} role="alert">
        {result.problems.map((one) => (
          <div key={`${one.field} ${one.code}`}>
            <code>{one.field}</code>: {one.message}
          </div>
        ))}
      </Alert>
    );
  }
  return (
    <>
      <Group gap="xs" role="status">
        <StatusBadge tone={result.event === "ok" ? "ok" : "bad"}>{result.event}</StatusBadge>
        {result.error && (
          <span>
            {result.error.code} {result.error.message}
          </span>
        )}
      </Group>
      {result.requests.map((one) => (
        <Exchange
          key={one.at}
          request={{
            line: `${one.method} ${one.url}`,
            headers: one.request_headers,
            body: one.request_body,
          }}
          response={{
            status: one.status,
            ms: one.ms,
            error: one.error,
            headers: one.response_headers,
            body: one.response_body,
          }}
        />
      ))}
      {typeof answer === "object" && answer !== null && (
        <section>
          <h3>{t("answer")}</h3>
          <Text size="sm" c="dimmed">
            {t("clickToMap")}
          </Text>
          <ResponseTree value={answer} onPick={onPick} />
        </section>
      )}
      <section>
        <h3>{t("variables")}</h3>
        <JsonView value={shown} label={t("variables")} />
      </section>
      {result.log.map((line) => (
        <Text key={`${line.code} ${line.text}`} size="sm" c="dimmed">
          <code>{line.code}</code> {line.text}
        </Text>
      ))}
    </>
  );
}
