// All settings of a bot as one JSON document: what the server refuses is marked at its field.
import { Alert, Button, Group, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { CodeEditor } from "@/ui/editor/CodeEditor";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { Section } from "@/ui/page/Page";
import { changesOf, markedFields, settingsOf } from "./json";
import { type Bot, useUpdateBot } from "./queries";

type Props = { bot: Bot; etag: string | null };

export function JsonTab({ bot, etag }: Props) {
  const { t } = useTranslation(["bots", "common"]);
  const mayEdit = useCan()("bots.edit");
  const update = useUpdateBot(bot.id, etag);
  const stored = useMemo(() => JSON.stringify(settingsOf(bot), null, 2), [bot]);
  const [text, setText] = useState(stored);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const changes = useMemo(() => changesOf(bot, text), [bot, text]);
  const marks = useMemo(() => markedFields(text, failure), [text, failure]);

  const edit = (next: string) => {
    setText(next);
    setFailure(null);
  };
  const save = async () => {
    if (!changes) return;
    setBusy(true);
    try {
      const saved = await update(changes);
      setText(JSON.stringify(settingsOf(saved), null, 2));
      showDone(t("common:saved"));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Section title={t("json.title")} about={t("json.about")}>
      {!mayEdit && <Alert color="gray">{t("common:readOnly", { permission: "bots.edit" })}</Alert>}
      <CodeEditor
        value={text}
        onChange={edit}
        label={t("json.title")}
        readOnly={!mayEdit}
        marks={marks}
      />
      {!changes && (
        <Text size="sm" c="red" role="alert">
          {t("json.broken")}
        </Text>
      )}
      <FormProblem failure={failure} />
      {mayEdit && (
        <Group>
          <Button loading={busy} disabled={!changes || text === stored} onClick={save}>
            {t("common:save")}
          </Button>
        </Group>
      )}
      <UnsavedGuard when={text !== stored} />
    </Section>
  );
}
