// Tests a connection at once and shows what the other side answered.
import { Button, Group, Loader, Modal, Stack } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "@/ui/AppLink";
import { FormProblem } from "@/ui/form/FormProblem";
import { ScrollCode } from "@/ui/ScrollCode";
import { StatusBadge } from "@/ui/StatusBadge";
import classes from "./Integrations.module.css";
import { type Card, type Connection, type Tested, useTest } from "./queries";

type Props = { card: Card; connection: Connection; onClose: () => void };

export function TestDialog({ card, connection, onClose }: Props) {
  const { t } = useTranslation(["integrations", "ui"]);
  const test = useTest();
  const [result, setResult] = useState<Tested | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const run = useCallback(async () => {
    setResult(null);
    setFailure(null);
    try {
      setResult(await test({ key: card.key, connection: connection.id }));
    } catch (error) {
      setFailure(error);
    }
  }, [test, card.key, connection.id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening
  useEffect(() => void run(), []);
  return (
    <Modal opened onClose={onClose} title={t("testOf", { name: connection.name })}>
      <Stack gap="sm">
        {!result && !failure && <Loader size="sm" aria-label={t("testing")} />}
        <FormProblem failure={failure} />
        {result && (
          <>
            <Group gap="xs" role="status">
              <StatusBadge tone={result.ok ? "ok" : "bad"}>
                {t(result.ok ? "testOk" : "testFailed")}
              </StatusBadge>
              {result.http_status !== null && <code>{result.http_status}</code>}
              {result.ms > 0 && <span>{t("ms", { ms: result.ms })}</span>}
            </Group>
            {result.text && <ScrollCode className={classes.answer}>{result.text}</ScrollCode>}
            {result.log && <AppLink to={result.log}>{t("log")}</AppLink>}
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => void run()} disabled={!result && !failure}>
            {t("testAgain")}
          </Button>
          <Button onClick={onClose}>{t("ui:done")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
