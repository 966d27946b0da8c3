// Tags as chips: short marks that operators put on requests.
import { Button, Menu, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { ColorChip } from "@/ui/color/ColorChip";
import { showProblem, showUndo } from "@/ui/feedback/notify";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { RowMenu } from "@/ui/RowMenu";
import { type Tag, useChangeTag, useTags } from "./queries";
import { TagForm } from "./TagForm";
import classes from "./Topics.module.css";

export function TagsPage() {
  const { t } = useTranslation(["topics", "common"]);
  const can = useCan();
  const query = useTags();
  const [filters, setFilters] = useUrlFilters<"q" | "active">();
  const [form, setForm] = useState<Tag | "new" | null>(null);
  useHotkey("KeyN", t("tag.add"), () => can("tags.create") && setForm("new"));
  const add = can("tags.create") && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setForm("new")}>
      {t("tag.add")}
    </Button>
  );
  const wanted = filters.q?.trim().toLocaleLowerCase() ?? "";
  const archived = filters.active === "no";
  const fits = (tag: Tag) =>
    tag.active !== archived && tag.name.toLocaleLowerCase().includes(wanted);

  return (
    <OpSettingsPage title={t("tag.title")} about={t("tag.about")} actions={add}>
      <FilterBar
        filters={[
          { kind: "search", key: "q", label: t("tag.search") },
          {
            kind: "choice",
            key: "active",
            label: t("common:status"),
            choices: [
              { value: "yes", label: t("tag.inUse") },
              { value: "no", label: t("tag.archived") },
            ],
          },
        ]}
        values={filters}
        onChange={setFilters}
      />
      <Loaded query={query} rows={3}>
        {(tags) => {
          const shown = tags.filter(fits);
          if (tags.length === 0)
            return (
              <EmptyState
                icon="pin"
                title={t("tag.empty")}
                text={t("tag.emptyText")}
                action={add}
              />
            );
          if (shown.length === 0)
            return (
              <EmptyState
                icon="search"
                title={archived && !wanted ? t("tag.noneArchived") : t("tag.nothingFound")}
                text={t("nothingFoundText")}
              />
            );
          return (
            <ul className={classes.tags} aria-label={t("tag.title")}>
              {shown.map((tag) => (
                <TagChip key={tag.id} tag={tag} onEdit={can("tags.edit") ? setForm : undefined} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {form && <TagForm tag={form === "new" ? null : form} onClose={() => setForm(null)} />}
    </OpSettingsPage>
  );
}

function TagChip({ tag, onEdit }: { tag: Tag; onEdit?: (tag: Tag) => void }) {
  const { t } = useTranslation(["topics", "common"]);
  const change = useChangeTag();
  const { id, name, active, color } = tag;
  const chip = (
    <ColorChip color={color} muted={!active} plain>
      {name}
    </ColorChip>
  );
  const put = (next: boolean) => change({ id, active: next }).catch(showProblem);
  const turn = async () => {
    await put(!active);
    const said = active ? t("tag.archivedDone", { name }) : t("tag.restoredDone", { name });
    showUndo(said, () => put(active));
  };
  return (
    <li className={classes.tag} data-archived={!active || undefined}>
      {onEdit ? (
        <>
          <UnstyledButton className={classes.tagName} onClick={() => onEdit(tag)}>
            {chip}
          </UnstyledButton>
          <RowMenu name={name}>
            <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onEdit(tag)}>
              {t("common:edit")}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name={active ? "inbox" : "undo"} />} onClick={turn}>
              {active ? t("tag.archive") : t("tag.restore")}
            </Menu.Item>
          </RowMenu>
        </>
      ) : (
        <span className={classes.tagName}>{chip}</span>
      )}
    </li>
  );
}
