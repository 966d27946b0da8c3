// Tries a request of a scenario with sample variables: a real call, nothing stored.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeEditor } from "@/ui/editor/CodeEditor";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { Icon } from "@/ui/Icon";
import { keeping, type Step, type Values, withMapping } from "./mapping";
import { type ActionId, lastState, type TriedOut, tryOut } from "./queries";
import { Result } from "./Result";

type Props = {
  action: ActionId;
  values: Values;
  onValues: (values: Values) => void;
  /** Variables to begin with. */
  sample?: Values;
  /** The bot whose last run can lend its variables. */
  botId?: number;
};

function parsed(text: string): Values | null {
  try {
    const value: unknown = JSON.parse(text || "{}");
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Values)
      : null;
  } catch {
    return null;
  }
}

export function TryRequest({ action, values, onValues, sample = {}, botId }: Props) {
  const { t } = useTranslation("tryRequest");
  const [state, setState] = useState(() => JSON.stringify(sample, null, 2));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [tried, setTried] = useState<{ result: TriedOut; kept: string } | null>(null);
  const variables = parsed(state);

  const guarded = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const run = () =>
    guarded(async () => {
      const { values: asked, kept } = keeping(values);
      setTried({ result: await tryOut(action, asked, variables ?? {}), kept });
    });
  const borrow = (bot: number) =>
    guarded(async () => {
      const found = await lastState(bot);
      if (found) setState(JSON.stringify({ ...sample, ...found }, null, 2));
      else showDone(t("neverRan"));
    });
  const pick = (steps: Step[]) => {
    const { values: next, name } = withMapping(values, steps);
    onValues(next);
    showDone(t("mapped", { name }));
  };

  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {t("state")}
        </Text>
        {botId !== undefined && (
          <Button size="compact-sm" variant="default" onClick={() => borrow(botId)}>
            {t("fromLastRun")}
          </Button>
        )}
      </Group>
      <CodeEditor label={t("state")} value={state} onChange={setState} height={120} />
      {variables === null && (
        <Text size="xs" c="red" role="alert">
          {t("notAnObject")}
        </Text>
      )}
      <Group>
        <Button
          leftSection={<Icon name="send" />}
          loading={busy}
          disabled={variables === null}
          onClick={run}
        >
          {t("run")}
        </Button>
        <Text size="sm" c="dimmed" flex={1}>
          {t("about")}
        </Text>
      </Group>
      <FormProblem failure={failure} />
      {tried && <Result {...tried} onPick={pick} />}
    </Stack>
  );
}
