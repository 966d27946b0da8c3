// Links that start conversations: made here, counted here.
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Page } from "@/ui/page/Page";
import { SidePanel } from "@/ui/SidePanel";
import { DataTable } from "@/ui/table/DataTable";
import { useLinkColumns, useLinkName } from "./columns";
import { LinkBuilder } from "./LinkBuilder";
import { LinkDays } from "./LinkDays";
import { drawn, drawnOf, LinkShown } from "./LinkShown";
import { type DeepLink, useDeleteLink, useLinks, usePreview } from "./queries";

export function LinksPage() {
  const { t } = useTranslation("links");
  const can = useCan();
  const mayEdit = can("links.edit");
  const [filters, setFilters] = useUrlFilters<"bot_id" | "q">();
  const bots = useBotChoices();
  const source = useLinks({
    bot_id: filters.bot_id ? Number(filters.bot_id) : undefined,
    q: filters.q || undefined,
  });
  const [open, setOpen] = useState<DeepLink | "new" | null>(null);
  const [removing, setRemoving] = useState<DeepLink | null>(null);
  const nameOf = useLinkName();
  const remove = useDeleteLink();
  const columns = useLinkColumns({ mayEdit, onEdit: setOpen, onRemove: setRemoving });
  useHotkey("KeyN", t("add"), () => mayEdit && setOpen("new"));

  const filterList = useMemo(
    () => [
      { kind: "search" as const, key: "q", label: t("search") },
      {
        kind: "choice" as const,
        key: "bot_id",
        label: t("form.bot"),
        choices: bots,
        searchable: true,
      },
    ],
    [bots, t],
  );
  const addButton = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setOpen("new")}>
      {t("add")}
    </Button>
  );
  const isFiltered = Boolean(filters.bot_id || filters.q);
  const edits = open === "new" || (open !== null && mayEdit && !open.entry);

  return (
    <Page title={t("title")} about={t("about")} layout="fill" actions={addButton}>
      <DataTable
        name="links"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(link) => link.code}
        onOpen={setOpen}
        toolbar={<FilterBar filters={filterList} values={filters} onChange={setFilters} />}
        empty={
          isFiltered ? (
            <EmptyState icon="search" title={t("nothingFound")} />
          ) : (
            <EmptyState icon="link" title={t("empty")} text={t("emptyText")} action={addButton} />
          )
        }
      />
      {open !== null &&
        (edits ? (
          <LinkBuilder link={open} botId={filters.bot_id} onClose={() => setOpen(null)} />
        ) : (
          <SidePanel opened title={nameOf(open as DeepLink)} onClose={() => setOpen(null)}>
            <Looked link={open as DeepLink} />
          </SidePanel>
        ))}
      <ConfirmDialog
        opened={removing !== null}
        title={t("remove.title", { name: removing ? nameOf(removing) : "" })}
        consequences={[t("remove.effect"), t("remove.numbers")]}
        confirmLabel={t("remove.action")}
        danger
        onClose={() => setRemoving(null)}
        onConfirm={async () => removing && remove(removing.code)}
      />
    </Page>
  );
}

/** Only looked at. An entry point has no page; its address is drawn as it stands. */
function Looked({ link }: { link: DeepLink }) {
  const body = link.entry
    ? { bot_id: link.bot_id, channel: link.channel, node_id: link.node_id }
    : null;
  const preview = usePreview(
    body && { ...body, payload: {}, utm: {}, text: "", value: "", label: "" },
  );
  const qr = link.entry ? drawn(preview.data?.qr_svg ?? "") : drawnOf(link.code);
  return (
    <>
      <LinkDays link={link} />
      <LinkShown addresses={link.addresses} qr={qr} name={link.code} />
    </>
  );
}
