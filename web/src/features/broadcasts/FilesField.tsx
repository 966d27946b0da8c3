// The files that go out with a message by template.
import { ActionIcon, Button, FileButton, Group, Input, Stack, Text } from "@mantine/core";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { mostBytes, mostFiles, refusalOf } from "@/api/fileLimits";
import { upload } from "@/api/upload";
import { useFormat } from "@/i18n/format";
import { problemText } from "@/ui/feedback/notify";
import { Icon } from "@/ui/Icon";
import type { Content } from "./queries";

type FileRef = NonNullable<Content["attachments"]>[number];
type Props = { files: FileRef[]; onAdd: (file: FileRef) => void; onRemove: (at: number) => void };

export function FilesField({ files, onAdd, onRemove }: Props) {
  const { t } = useTranslation(["broadcasts", "panelTalk"]);
  const id = useId();
  const { busy, problem, add } = useAdding(files.length, onAdd);
  return (
    <Input.Wrapper
      label={t("broadcasts:files.title")}
      description={t("broadcasts:files.hint")}
      error={problem}
      labelElement="div"
      labelProps={{ id }}
    >
      <Stack gap="xs" mt={6} role="group" aria-labelledby={id}>
        {files.map((file, at) => (
          <Group key={file.file_id} gap="xs" wrap="nowrap">
            <Icon name="paperclip" size={14} />
            <Text size="sm" truncate flex={1}>
              {file.name || file.file_id}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("panelTalk:files.remove", { name: file.name })}
              onClick={() => onRemove(at)}
            >
              <Icon name="trash" />
            </ActionIcon>
          </Group>
        ))}
        {files.length < mostFiles && (
          <FileButton onChange={(chosen) => chosen && add(chosen)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={busy}
                leftSection={<Icon name="paperclip" />}
              >
                {t("broadcasts:files.add")}
              </Button>
            )}
          </FileButton>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

/** A file is uploaded as soon as it is chosen; the template holds its id. */
function useAdding(already: number, onAdd: (file: FileRef) => void) {
  const { t } = useTranslation("panelTalk");
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // The form may have changed while the file was on its way.
  const latest = useRef(onAdd);
  latest.current = onAdd;
  const add = async (file: File) => {
    const refusal = refusalOf(file, already);
    if (refusal) {
      const limits = { most: mostFiles, size: format.bytes(mostBytes) };
      setProblem(t(`files.${refusal}`, { name: file.name, ...limits }));
      return;
    }
    setProblem(undefined);
    setBusy(true);
    try {
      const signal = new AbortController().signal;
      const { public_id, name } = await upload(file, { onProgress: () => undefined, signal });
      latest.current({ file_id: public_id, name });
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, add };
}
