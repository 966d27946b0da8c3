// The marks that the channel shows, by buttons and keys, and how the client will see the message.
import { ActionIcon, Button } from "@mantine/core";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Bubble } from "@/ui/chat/Bubble";
import { MarkedText } from "@/ui/chat/MarkedText";
import { Icon } from "@/ui/Icon";
import { marksIn } from "../../logic/wording";
import type { Writing } from "../useComposer";
import classes from "./Format.module.css";
import { wrapped } from "./wrap";

const keyed: Record<string, string> = { KeyB: "b", KeyI: "i", KeyU: "u" };
const signs: Record<string, ReactNode> = {
  b: "B",
  i: "I",
  u: "U",
  s: "S",
  code: <Icon name="code" />,
  a: <Icon name="link" />,
};

type Props = { writing: Writing; input: RefObject<HTMLTextAreaElement | null> };

export function FormatBar({ writing, input }: Props) {
  const { t } = useTranslation("panelTalk");
  const [isPreviewed, setPreviewed] = useState(false);
  const { marks, write, messages, canSend } = writing;

  const put = (tag: string) => {
    const field = input.current;
    if (!field) return;
    const { value: text, selectionStart: start, selectionEnd: end } = field;
    const chosen = wrapped({ text, start, end }, tag);
    write(chosen.text);
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(chosen.start, chosen.end);
    });
  };
  useMarkKeys(input, marks, put);
  return (
    <>
      <div className={classes.bar} role="toolbar" aria-label={t("format.label")}>
        {Object.keys(signs)
          .filter((tag) => marks.includes(tag))
          .map((tag) => (
            <ActionIcon
              key={tag}
              size={26}
              className={classes.sign}
              data-mark={tag}
              aria-label={t(`format.${tag as "b"}`)}
              title={t(`format.${tag as "b"}`)}
              onClick={() => put(tag)}
            >
              {signs[tag]}
            </ActionIcon>
          ))}
        {(canSend || isPreviewed) && (
          <Button
            size="compact-xs"
            variant={isPreviewed ? "light" : "subtle"}
            aria-pressed={isPreviewed}
            onClick={() => setPreviewed(!isPreviewed)}
          >
            {t("format.preview")}
          </Button>
        )}
      </div>
      {isPreviewed && (
        <section className={classes.preview} aria-label={t("format.seen")}>
          <ul>
            {messages.map((one, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name
              <Bubble key={place} side="out" text={<MarkedText marks={marksIn(one)} />} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Ctrl+B, Ctrl+I and Ctrl+U, in the field alone. */
function useMarkKeys(
  input: RefObject<HTMLTextAreaElement | null>,
  marks: readonly string[],
  put: (tag: string) => void,
): void {
  const latest = useRef({ marks, put });
  latest.current = { marks, put };
  useEffect(() => {
    const field = input.current;
    const onKeyDown = (event: KeyboardEvent) => {
      const tag = keyed[event.code];
      const isPlain = !event.shiftKey && !event.altKey;
      if (!tag || !isPlain || !(event.ctrlKey || event.metaKey)) return;
      if (!latest.current.marks.includes(tag)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current.put(tag);
    };
    field?.addEventListener("keydown", onKeyDown);
    return () => field?.removeEventListener("keydown", onKeyDown);
  }, [input]);
}
