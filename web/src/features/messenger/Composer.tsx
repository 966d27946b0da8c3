// The line to write in: Enter sends, Shift and Enter break the line; files and quick words.
import { ActionIcon, Button, FileButton, Textarea, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Icon } from "@/ui/Icon";
import classes from "./Messenger.module.css";
import {
  type Client,
  fileUpdate,
  mostFileBytes,
  startCommand,
  textUpdate,
  type Update,
} from "./wire";

type Props = { client: Client; sending: boolean; onSay: (update: Update) => Promise<void> };

function asBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

export function Composer({ client, sending, onSay }: Props) {
  const { t } = useTranslation("messenger");
  const format = useFormat();
  const [text, setText] = useState("");
  const submit = () => {
    const said = text.trim();
    if (!said || sending) return;
    setText("");
    void onSay(textUpdate(client, said));
  };
  const attach = async (file: File | null) => {
    if (!file) return;
    if (file.size > mostFileBytes) {
      const most = format.bytes(mostFileBytes);
      notifications.show({ color: "red", message: t("tooLarge", { most }) });
      return;
    }
    const { name, type, size } = file;
    await onSay(fileUpdate(client, { name, mime: type, size, base64: await asBase64(file) }));
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Tooltip label={t("attach")}>
        <span>
          <FileButton onChange={attach}>
            {(props) => (
              <ActionIcon size={32} aria-label={t("attach")} {...props}>
                <Icon name="paperclip" />
              </ActionIcon>
            )}
          </FileButton>
        </span>
      </Tooltip>
      <Textarea
        className={classes.line}
        aria-label={t("write")}
        placeholder={t("write")}
        autosize
        minRows={1}
        maxRows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          submit();
        }}
      />
      <Button
        variant="default"
        disabled={sending}
        onClick={() => void onSay(textUpdate(client, startCommand))}
      >
        {startCommand}
      </Button>
      <Button type="submit" loading={sending} aria-label={t("send")}>
        <Icon name="send" />
      </Button>
    </form>
  );
}
