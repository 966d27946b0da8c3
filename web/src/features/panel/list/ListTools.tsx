// Search and order of the list; both stand in the address.
import { CloseButton, Menu, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { AlertMenu } from "@/features/duty";
import { Icon } from "@/ui/Icon";
import { IconMenu } from "@/ui/IconMenu";
import { useHotkey } from "@/ui/keys/useHotkey";
import { NewChat } from "../outbound/NewChat";
import { sorts } from "../types";
import { CampaignFilter } from "./CampaignFilter";
import classes from "./List.module.css";
import type { Place } from "./place";

const typingMs = 300;
const shortest = 2;

export function ListTools({ place }: { place: Place }) {
  const { t } = useTranslation("panel");
  const navigate = useNavigate();
  const change = (update: Partial<Place>) =>
    navigate({
      to: ".",
      search: (before: Record<string, unknown>) => ({ ...before, ...update }) as never,
      replace: true,
    });
  return (
    <div className={classes.tools}>
      <Search q={place.q} onSearch={(q) => change({ q })} />
      <IconMenu
        icon="sort"
        hint={t("sort.label")}
        label={t("sort.now", { sort: t(`sort.${place.sort}`) })}
      >
        {sorts.map((sort) => (
          <Menu.Item
            key={sort}
            onClick={() => change({ sort })}
            rightSection={sort === place.sort && <Icon name="check" size={14} />}
            aria-current={sort === place.sort || undefined}
          >
            {t(`sort.${sort}`)}
          </Menu.Item>
        ))}
      </IconMenu>
      <CampaignFilter came={place} onChange={change} />
      <AlertMenu />
      <NewChat />
    </div>
  );
}

type SearchProps = { q?: string; onSearch: (q: string | undefined) => void };

/** Asks for two characters at least; Escape empties it. */
function Search({ q = "", onSearch }: SearchProps) {
  const { t } = useTranslation("panel");
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  useHotkey("search", t("keys.search"), () => {
    // Once more leads on to the pages of the app.
    if (document.activeElement === input.current) return false;
    input.current?.focus();
    input.current?.select();
    return true;
  });

  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => {
    const wanted = text.trim();
    const asked = wanted.length >= shortest ? wanted : "";
    if (asked === q) return;
    const timer = setTimeout(() => latest.current(asked || undefined), typingMs);
    return () => clearTimeout(timer);
  }, [text, q]);

  const tooShort = text.trim().length > 0 && text.trim().length < shortest;
  return (
    <TextInput
      ref={input}
      className={classes.search}
      classNames={{ description: classes.tooShort }}
      aria-label={t("list.search")}
      title={t("list.search")}
      placeholder={t("list.searchShort")}
      leftSection={<Icon name="search" size={14} />}
      rightSection={
        text && <CloseButton size="sm" aria-label={t("list.clear")} onClick={() => setText("")} />
      }
      description={tooShort ? t("list.tooShort") : undefined}
      inputWrapperOrder={["input", "description"]}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        if (text) setText("");
        else input.current?.blur();
      }}
    />
  );
}
