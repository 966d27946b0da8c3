// The signs that operators use most, put where the cursor stands.
import { ActionIcon, Popover, Tooltip, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { isUnderDialog } from "@/ui/keys/hotkeys";
import { useHotkey } from "@/ui/keys/useHotkey";
import classes from "./Composer.module.css";
import { inserted } from "./insert";

const columns = 8;
const signs = [
  ..."🙂😀😄😉😊😍🤗🤔",
  ..."😅😂😎😐😕😢😭😡",
  ..."👍👎👌👏🙏🤝💪👋",
  "❤️",
  ..."🔥⭐🎉🎁💐☕✅",
  ..."❌⏳⏰📅📍📞📧📎",
  ..."📦🚚💳💰🧾🔧🔒💡",
];
const steps: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -columns,
  ArrowDown: columns,
};

type Props = {
  input: RefObject<HTMLTextAreaElement | null>;
  onWrite: (text: string) => void;
};

export function EmojiPicker({ input, onWrite }: Props) {
  const { t } = useTranslation("panelTalk");
  const [opened, setOpened] = useState(false);
  useHotkey("emoji", t("emoji.open"), () => {
    if (!isUnderDialog()) setOpened(true);
  });
  const close = () => {
    setOpened(false);
    input.current?.focus();
  };
  const put = (sign: string) => {
    if (input.current) onWrite(inserted(input.current, sign));
    close();
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      onDismiss={close}
      position="top-start"
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <Tooltip label={t("emoji.open")} disabled={opened}>
          <ActionIcon size={32} aria-label={t("emoji.open")} onClick={() => setOpened(!opened)}>
            <Icon name="smile" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={6}>
        <fieldset className={classes.emoji} aria-label={t("emoji.open")} onKeyDown={step}>
          {signs.map((sign) => (
            <UnstyledButton key={sign} className={classes.sign} onClick={() => put(sign)}>
              {sign}
            </UnstyledButton>
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}

function step(event: KeyboardEvent<HTMLElement>): void {
  const by = steps[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
}
