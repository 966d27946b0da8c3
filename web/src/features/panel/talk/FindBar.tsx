// Above the messages: words and days to be found in the conversation.
import { ActionIcon, Button, TextInput, Tooltip } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { problemText } from "@/ui/feedback/notify";
import { Icon } from "@/ui/Icon";
import { dayOf } from "../logic/find";
import classes from "./FindBar.module.css";
import type { Find } from "./useFind";

/** Nobody was here before: years on their way to four digits are not jumped to. */
const firstDay = "2000-01-01";

type Props = {
  find: Find;
  /** What came of the jump to a day, in words. */
  onDay: (day: string) => Promise<string>;
  onClose: () => void;
};

export function FindBar({ find, onDay, onClose }: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const format = useFormat();
  const before = useRef(document.activeElement);
  const status = useId();
  const [told, setTold] = useState("");
  const { typed, setTyped, hits, step } = find;
  const many = hits.data?.items.length ?? 0;

  useEffect(() => {
    const { current } = before;
    return () => {
      if (current instanceof HTMLElement && current.isConnected) current.focus();
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  const jump = async (day: string) => {
    if (day < firstDay) return;
    setTold(await onDay(day));
  };
  return (
    <search className={classes.bar} aria-label={t("panelTalk:find.label")} onKeyDown={onKeyDown}>
      <TextInput
        className={classes.words}
        type="search"
        autoFocus
        data-find
        aria-label={t("panelTalk:find.words")}
        aria-describedby={status}
        placeholder={t("panelTalk:find.words")}
        leftSection={<Icon name="search" />}
        maxLength={100}
        value={typed}
        onChange={(event) => {
          setTold("");
          setTyped(event.currentTarget.value);
        }}
        onKeyDown={onEnter}
      />
      <div className={classes.steps}>
        <Step
          icon="arrowUp"
          label={t("panelTalk:find.earlier")}
          off={many === 0}
          onClick={() => step(1)}
        />
        <Step
          icon="arrowDown"
          label={t("panelTalk:find.later")}
          off={many === 0}
          onClick={() => step(-1)}
        />
      </div>
      <TextInput
        className={classes.day}
        type="date"
        aria-label={t("panelTalk:find.day")}
        min={firstDay}
        max={dayOf(Date.now(), format.timeZone)}
        onChange={(event) => void jump(event.currentTarget.value)}
      />
      <ActionIcon
        size={32}
        className={classes.close}
        aria-label={t("panelTalk:find.close")}
        onClick={onClose}
      >
        <Icon name="close" />
      </ActionIcon>
      <div className={classes.status} id={status} role="status">
        {told || <Told find={find} />}
      </div>
    </search>
  );
}

function Told({ find }: { find: Find }) {
  const { t } = useTranslation(["panel", "panelTalk", "ui"]);
  const format = useFormat();
  const { words, tooShort, hits, at } = find;
  if (tooShort) return t("panel:list.tooShort");
  if (!words) return null;
  if (hits.error) {
    return (
      <span className={classes.failed}>
        {problemText(hits.error)}{" "}
        <Button size="compact-xs" variant="default" onClick={() => void hits.refetch()}>
          {t("ui:retry")}
        </Button>
      </span>
    );
  }
  if (!hits.data) return t("panelTalk:find.looking");
  const { items, more } = hits.data;
  if (items.length === 0) return t("panelTalk:find.nothing");
  const hit = items[Math.max(at, 0)];
  const count = `${format.number(items.length)}${more ? "+" : ""}`;
  return (
    <>
      {t("panelTalk:find.place", { at: format.number(Math.max(at, 0) + 1), count })}
      {hit && (
        <span className={classes.of}>
          {format.dateTime(hit.created_at)}
          {hit.author_name && ` · ${hit.author_name}`}
        </span>
      )}
    </>
  );
}

type StepProps = {
  icon: "arrowUp" | "arrowDown";
  label: string;
  off: boolean;
  onClick: () => void;
};

function Step({ icon, label, off, onClick }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={32} aria-label={label} disabled={off} onClick={onClick}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}
