// From an OpenAPI document to a ready request: name or paste it, choose the operation.
import { Button, FileButton, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { Icon } from "@/ui/Icon";
import { SidePanel } from "@/ui/SidePanel";
import type { Values } from "./mapping";
import { OperationList } from "./OperationList";
import { type ImportedDocument, readDocument } from "./queries";

type Props = { onTake: (values: Values) => void };

export function ImportRequest({ onTake }: Props) {
  const { t } = useTranslation("tryRequest");
  const [opened, setOpened] = useState(false);
  const take = (id: string, values: Values) => {
    onTake(values);
    setOpened(false);
    showDone(t("import.taken", { id }));
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        style={{ alignSelf: "flex-start" }}
        leftSection={<Icon name="book" size={14} />}
        onClick={() => setOpened(true)}
      >
        {t("import.open")}
      </Button>
      <SidePanel
        opened={opened}
        title={t("import.title")}
        onClose={() => setOpened(false)}
        size={680}
      >
        {opened && <Choice onTake={take} />}
      </SidePanel>
    </>
  );
}

function Choice({ onTake }: { onTake: (id: string, values: Values) => void }) {
  const { t } = useTranslation("tryRequest");
  const [text, setText] = useState("");
  const [server, setServer] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [found, setFound] = useState<ImportedDocument | null>(null);

  const read = async () => {
    setBusy(true);
    setFailure(null);
    setFound(null);
    try {
      setFound(await readDocument(text, server.trim()));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const bring = async (file: File | null) => {
    if (file) setText(await file.text());
  };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("import.about")}
      </Text>
      <Textarea
        label={t("import.document")}
        placeholder={t("import.documentHint")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={8}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
      />
      <TextInput
        label={t("import.server")}
        description={t("import.serverAbout")}
        placeholder={t("import.serverHint")}
        value={server}
        onChange={(event) => setServer(event.currentTarget.value)}
      />
      <Group>
        <Button loading={busy} disabled={text.trim() === ""} onClick={read}>
          {t("import.read")}
        </Button>
        <FileButton onChange={bring} accept=".json,.yaml,.yml">
          {(props) => (
            <Button variant="default" {...props}>
              {t("import.file")}
            </Button>
          )}
        </FileButton>
      </Group>
      <FormProblem failure={failure} />
      {found && <OperationList document={found} onTake={onTake} />}
    </Stack>
  );
}
