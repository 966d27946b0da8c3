// The keys of the field where the operator writes: sending, breaking the line, leaving.
import { type KeyboardEvent, type RefObject, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { isPressed } from "@/ui/keys/hotkeys";
import { useHotkey } from "@/ui/keys/useHotkey";
import { inserted } from "./insert";
import type { Kind, Writing } from "./useComposer";

type Deeds = {
  input: RefObject<HTMLTextAreaElement | null>;
  turnTo: (kind: Kind) => void;
  attach: () => void;
  /** Takes back what stands beside the text; false where there is nothing. */
  giveUp: () => boolean;
};

export function useComposerKeys(writing: Writing, { input, turnTo, attach, giveUp }: Deeds) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  useHotkey("reply", t("keys.reply"), () => turnTo("reply"));
  useHotkey("note", t("keys.note"), () => turnTo("note"));
  useHotkey("attach", t("panelTalk:files.attach"), attach);
  return useCallback(
    (event: KeyboardEvent<HTMLTextAreaElement>) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        if (!giveUp()) input.current?.blur();
      }
      if (event.nativeEvent.isComposing) return;
      if (isPressed("send", event.nativeEvent)) {
        event.preventDefault();
        writing.send();
      } else if (isPressed("new_line", event.nativeEvent) && needsBreak(event)) {
        event.preventDefault();
        writing.write(inserted(event.currentTarget, "\n"));
      }
    },
    [writing, giveUp, input],
  );
}

/** A field of text goes to the next line by Enter alone. */
function needsBreak({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key !== "Enter" || ctrlKey || metaKey || altKey;
}
