// A comment on the request as a whole, saved when one leaves the field.
import { Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePatch } from "../data/actions";
import type { Request } from "../types";

export function Comment({ request, disabled }: { request: Request; disabled: boolean }) {
  const { t } = useTranslation("panel");
  const patch = usePatch(request.id);
  const [text, setText] = useState(request.comment);
  const [editing, setEditing] = useState(false);
  useEffect(() => {
    if (!editing) setText(request.comment);
  }, [request.comment, editing]);

  const save = () => {
    setEditing(false);
    const comment = text.trim();
    if (comment !== request.comment) patch.mutate({ body: { comment }, shown: { comment } });
  };
  return (
    <Textarea
      label={t("comment")}
      placeholder={t("commentHint")}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={4000}
      disabled={disabled}
      value={text}
      onFocus={() => setEditing(true)}
      onBlur={save}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.currentTarget.blur();
      }}
    />
  );
}
