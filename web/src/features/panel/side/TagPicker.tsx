// The tags of a request as chips; typing finds one, or makes it where that is allowed.
import { MultiSelect } from "@mantine/core";
import { type Ref, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { useCreateTag, useTags } from "@/features/topics";
import { showProblem } from "@/ui/feedback/notify";
import type { Named } from "../types";

type Props = {
  value: number[];
  onChange: (ids: number[]) => void;
  /** Chosen already, shown also when not active any more. */
  current?: Named[];
  label?: string;
  error?: string;
  disabled?: boolean;
  ref?: Ref<HTMLInputElement>;
  "data-autofocus"?: boolean;
};

const mostTags = 20;
/** Beside the numbers of tags: the one that is made of what is typed. */
const NEW = "new";

export function TagPicker({ value, onChange, current = [], ...rest }: Props) {
  const { t } = useTranslation("panel");
  const can = useCan();
  const { data } = useTags();
  const create = useCreateTag();
  const [search, setSearch] = useState("");
  const active = (data ?? []).filter((tag) => tag.active || value.includes(tag.id));
  const known = new Set(active.map(({ id }) => id));
  const shown = [...active, ...current.filter(({ id }) => !known.has(id))];
  const wanted = search.trim();
  const exists = shown.some(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const canCreate = can("tags.create") && wanted !== "" && !exists && value.length < mostTags;

  const make = async () => {
    try {
      const tag = await create({ name: wanted, color: "" });
      setSearch("");
      onChange([...value, tag.id]);
    } catch (error) {
      showProblem(error);
    }
  };
  const options = shown.map(({ id, name }) => ({ value: String(id), label: name }));
  if (canCreate) options.push({ value: NEW, label: t("tagCreate", { name: wanted }) });
  const choose = (chosen: string[]) =>
    chosen.includes(NEW) ? void make() : onChange(chosen.map(Number));
  return (
    <MultiSelect
      label={t("tags")}
      placeholder={value.length === 0 ? t("tagsNone") : undefined}
      data={options}
      value={value.map(String)}
      onChange={choose}
      maxValues={mostTags}
      searchable
      hidePickedOptions
      selectFirstOptionOnChange
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={t("tagNotFound")}
      {...rest}
    />
  );
}
