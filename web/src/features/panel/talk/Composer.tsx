// Where the operator writes: a reply to the client, or a note for colleagues.
import { ActionIcon, Button, FileButton, Textarea, Tooltip, UnstyledButton } from "@mantine/core";
import { type ClipboardEvent, type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Icon } from "@/ui/Icon";
import { useKeysOf } from "@/ui/keys/bindings";
import { keyNames } from "@/ui/keys/hotkeys";
import type { Details, Message } from "../types";
import classes from "./Composer.module.css";
import { EmojiPicker } from "./EmojiPicker";
import { FileChips } from "./FileChips";
import { FormatBar } from "./format/FormatBar";
import { SendLater } from "./later/SendLater";
import { useGivenBack, useRegret } from "./later/useTakingBack";
import { MentionList } from "./mention/MentionList";
import { useMentioning } from "./mention/useMentioning";
import { Quote } from "./Quote";
import { type Kind, quotedOf, useComposer, type Writing } from "./useComposer";
import { useComposerKeys } from "./useComposerKeys";
import { useDropped } from "./useDropped";

/** The counter appears when less than this is left. */
const nearLimit = 500;

type Props = {
  details: Details;
  me: number;
  /** The message that the next reply is to. */
  answers: Message | null;
  onAnswered: () => void;
};

export function Composer({ details, me, answers, onAnswered }: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const writing = useComposer(details, me, answers, onAnswered);
  const { kinds, kind, setKind, text, uploads } = writing;
  const input = useRef<HTMLTextAreaElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const takesFiles = kind === "reply";
  const dragging = useDropped(frame, takesFiles, uploads.add);

  const turnTo = (wanted: Kind) => {
    if (!kinds.includes(wanted)) return;
    setKind(wanted);
    input.current?.focus();
  };
  const attaching = useRef<HTMLButtonElement>(null);
  const regret = useRegret(details.request.id, me);
  useGivenBack(details.request.id, writing, () => input.current?.focus());
  const giveUp = () => {
    const answering = answers !== null && kind === "reply";
    if (answering) onAnswered();
    return answering || regret();
  };
  const attach = () => attaching.current?.click();
  const mentioning = useMentioning(details.request.id, writing, input);
  const onKeyDown = useComposerKeys(writing, { input, turnTo, attach, giveUp });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message to answer
  useEffect(() => {
    // Chosen in a menu, which gives the focus back to its button as it closes.
    const later = answers && requestAnimationFrame(() => turnTo("reply"));
    return () => {
      if (later) cancelAnimationFrame(later);
    };
  }, [answers]);

  const onPaste = ({ clipboardData }: ClipboardEvent) => {
    if (takesFiles && clipboardData.files.length > 0) uploads.add([...clipboardData.files]);
  };
  return (
    <div
      ref={frame}
      className={classes.composer}
      data-kind={kind}
      data-dragging={dragging ? t("panelTalk:files.drop") : undefined}
    >
      <Tabs writing={writing} onTurn={turnTo} />
      {kind === "reply" && hasLeft(details) && (
        <p className={classes.warning} role="status">
          {t("panelTalk:hasLeft")}
        </p>
      )}
      {answers && kind === "reply" && <Answered message={answers} onDrop={onAnswered} />}
      <Textarea
        ref={input}
        className={classes.input}
        aria-label={t(`panelTalk:composer.${kind}`)}
        placeholder={t(`panelTalk:composer.${kind}Hint`)}
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={(event) => writing.write(event.currentTarget.value)}
        {...mentioning.field}
        onKeyDown={(event) => mentioning.takesKey(event) || onKeyDown(event)}
        onPaste={onPaste}
      />
      <MentionList {...mentioning.list} />
      {writing.marks.length > 0 && <FormatBar writing={writing} input={input} />}
      {takesFiles && <FileChips uploads={uploads} details={details} />}
      <Bar writing={writing} attaching={attaching} input={input} />
    </div>
  );
}

function Answered({ message, onDrop }: { message: Message; onDrop: () => void }) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  return (
    <div className={classes.answered}>
      <Quote quoted={quotedOf(message)} />
      <ActionIcon size={24} aria-label={t("panelTalk:quote.drop")} onClick={onDrop}>
        <Icon name="close" size={13} />
      </ActionIcon>
    </div>
  );
}

function Tabs({ writing, onTurn }: { writing: Writing; onTurn: (kind: Kind) => void }) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  return (
    <div className={classes.tabs} role="tablist" aria-label={t("panelTalk:composer.tabs")}>
      {writing.kinds.map((kind) => (
        <UnstyledButton
          key={kind}
          role="tab"
          aria-selected={kind === writing.kind}
          className={classes.tab}
          onClick={() => onTurn(kind)}
        >
          {t(`panelTalk:composer.${kind}`)}
        </UnstyledButton>
      ))}
    </div>
  );
}

type BarProps = {
  writing: Writing;
  attaching: RefObject<HTMLButtonElement | null>;
  input: RefObject<HTMLTextAreaElement | null>;
};

function Bar({ writing, attaching, input }: BarProps) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const format = useFormat();
  const { kind, text, limit, parts, uploads, canSend } = writing;
  const left = limit - text.length;
  const [sends, breaks] = [useKeysOf("send"), useKeysOf("new_line")].map(written);
  return (
    <div className={classes.bar}>
      {kind === "reply" && (
        <Tooltip label={t("panelTalk:files.attach")}>
          <span>
            <FileButton multiple onChange={uploads.add}>
              {(props) => (
                <ActionIcon
                  ref={attaching}
                  size={32}
                  aria-label={t("panelTalk:files.attach")}
                  {...props}
                >
                  <Icon name="paperclip" />
                </ActionIcon>
              )}
            </FileButton>
          </span>
        </Tooltip>
      )}
      <EmojiPicker input={input} onWrite={writing.write} />
      <span
        className={classes.hint}
        data-over={left < 0 || undefined}
        data-near={left < nearLimit || undefined}
        aria-live="polite"
      >
        {parts > 1
          ? t("panelTalk:composer.parts", { count: parts })
          : left < nearLimit
            ? t("panelTalk:composer.left", { left: format.number(left) })
            : sends && t("panelTalk:composer.keys", { sends, breaks })}
      </span>
      {kind === "reply" && <SendLater canSend={canSend} onSend={writing.send} />}
      <Button disabled={!canSend} onClick={() => writing.send()} leftSection={<Icon name="send" />}>
        {t(kind === "note" ? "panelTalk:composer.addNote" : "panelTalk:composer.send")}
      </Button>
    </div>
  );
}

/** The channel takes nothing for a client who blocked us there. */
function hasLeft({ request }: Details): boolean {
  return request.client_left;
}

function written(combo: string): string {
  return combo && keyNames(combo).join("+");
}
