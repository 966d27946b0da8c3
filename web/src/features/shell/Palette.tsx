// Ctrl+K: go to any page by a few letters of its name.
import { Modal, TextInput, UnstyledButton } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Icon, type IconName } from "@/ui/Icon";
import { visibleGroups, visiblePages } from "./nav";
import classes from "./Palette.module.css";

type Props = { opened: boolean; onClose: () => void };
type Entry = { to: string; label: string; group: string; icon: IconName };

export function Palette({ opened, onClose }: Props) {
  const { t } = useTranslation("shell");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      yOffset="12vh"
      centered={false}
      size={520}
      attributes={{ content: { "aria-label": t("goTo") } }}
    >
      <PaletteBody onClose={onClose} />
    </Modal>
  );
}

/** Every letter of the query in order, so that "apk" finds "API keys". */
export function matches(text: string, query: string): boolean {
  const letters = text.toLocaleLowerCase();
  let from = 0;
  for (const letter of query.toLocaleLowerCase().replaceAll(" ", "")) {
    from = letters.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

function useEntries(): Entry[] {
  const { t } = useTranslation("shell");
  const can = useCan();
  const pages = visibleGroups(can).flatMap((group) =>
    visiblePages(group, can).map((item) => ({
      to: item.to,
      label: t(`nav.${item.label}`),
      group: t(`groups.${group.label}`),
      icon: item.icon,
    })),
  );
  return [...pages, { to: "/profile", label: t("profile"), group: "", icon: "user" }];
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const found = useEntries().filter((entry) => matches(entry.label, query));
  const chosen = Math.min(at, found.length - 1);

  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    void navigate({ to: entry.to });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((chosen + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === "Enter") go(found[chosen]);
  };

  return (
    <div>
      <TextInput
        data-autofocus
        autoFocus
        variant="unstyled"
        className={classes.input}
        leftSection={<Icon name="search" />}
        placeholder={t("goTo")}
        aria-label={t("goTo")}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[chosen] ? `palette-${chosen}` : undefined}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label={t("goTo")} className={classes.list}>
        {found.map((entry, index) => (
          <UnstyledButton
            key={entry.to}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            className={classes.option}
            onMouseMove={() => setAt(index)}
            onClick={() => go(entry)}
          >
            <Icon name={entry.icon} />
            <span className={classes.label}>{entry.label}</span>
            <span className={classes.group}>{entry.group}</span>
          </UnstyledButton>
        ))}
        {found.length === 0 && <p className={classes.nothing}>{t("nothingFound")}</p>}
      </div>
    </div>
  );
}
