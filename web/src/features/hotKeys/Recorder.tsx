// Takes a combination of keys as it is pressed; Escape leaves things as they are.
import { UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { comboOf, keyNames } from "@/ui/keys/hotkeys";
import { KeyHint } from "@/ui/keys/KeyHint";
import classes from "./HotKeys.module.css";

type Props = { label: string; combo: string; disabled: boolean; onChange: (combo: string) => void };

const modifiers = ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock"];

export function Recorder({ label, combo, disabled, onChange }: Props) {
  const { t } = useTranslation("hotKeys");
  const [waiting, setWaiting] = useState(false);
  const keys = combo ? keyNames(combo).join("+") : t("none");
  const onKeyDown = (event: KeyboardEvent) => {
    if (!waiting || event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    // The app listens on the window, behind React's own listener.
    event.nativeEvent.stopImmediatePropagation();
    if (modifiers.includes(event.key)) return;
    setWaiting(false);
    if (event.key !== "Escape") onChange(comboOf(event.nativeEvent));
  };
  return (
    <UnstyledButton
      className={classes.recorder}
      data-waiting={waiting || undefined}
      aria-label={waiting ? t("press") : t("change", { action: label, keys })}
      aria-live="polite"
      disabled={disabled}
      onClick={() => setWaiting(true)}
      onBlur={() => setWaiting(false)}
      onKeyDown={onKeyDown}
    >
      {waiting ? t("press") : combo ? <KeyHint combo={combo} /> : t("none")}
    </UnstyledButton>
  );
}
