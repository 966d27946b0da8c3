// Other words for a message, in its place.
import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { problemText } from "@/ui/feedback/notify";
import { useEdit } from "../data/corrections";
import { wordsOf } from "../logic/wording";
import type { Message } from "../types";
import { useDeeds } from "./deeds";
import classes from "./Talk.module.css";

export function MessageEditor({ message }: { message: Message }) {
  const { t } = useTranslation(["panel", "panelTalk", "ui"]);
  const { details, edit } = useDeeds();
  const change = useEdit(details.request.id);
  const before = wordsOf(message);
  const [text, setText] = useState(before);
  const limit = message.direction === "note" ? null : details.text_limit;
  const left = limit === null ? 0 : limit - text.length;
  const isFit = text.trim() !== "" && left >= 0;

  const save = () => {
    if (!isFit || change.isPending) return;
    if (text.trim() === before) return edit(null);
    const body = { messageId: message.id, text: text.trim() };
    change.mutate(body, { onSuccess: () => edit(null) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      edit(null);
    }
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    save();
  };
  return (
    <div className={classes.editor}>
      <Textarea
        autosize
        maxRows={12}
        autoFocus
        onFocus={({ currentTarget }) => currentTarget.setSelectionRange(text.length, text.length)}
        aria-label={t("panelTalk:message.editing")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={
          left < 0
            ? t("panelTalk:message.tooLong", { count: -left })
            : change.error && problemText(change.error)
        }
      />
      <div className={classes.editorBar}>
        <Button variant="default" size="compact-sm" onClick={() => edit(null)}>
          {t("ui:cancel")}
        </Button>
        <Button size="compact-sm" disabled={!isFit} loading={change.isPending} onClick={save}>
          {t("panelTalk:message.save")}
        </Button>
      </div>
    </div>
  );
}
