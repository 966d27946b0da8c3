// Keys by which other systems call the API.
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { useCan } from "@/features/session";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { ApiOrigins } from "./ApiOrigins";
import { useKeyColumns } from "./columns";
import { type KeyAsk, KeyDialogs } from "./KeyDialogs";
import { KeyForm } from "./KeyForm";
import { PublicDocs } from "./PublicDocs";
import { type ApiKey, useKeys } from "./queries";

export function KeysPage() {
  const { t } = useTranslation(["keys", "common"]);
  const can = useCan();
  const mayEdit = can("keys.edit");
  const [filters, setFilters] = useUrlFilters<"bot_id">();
  const bots = useBotChoices();
  const source = useKeys({ bot_id: filters.bot_id ? Number(filters.bot_id) : undefined });
  const [form, setForm] = useState<ApiKey | "new" | null>(null);
  const [ask, setAsk] = useState<KeyAsk | null>(null);
  const columns = useKeyColumns({ mayEdit, onEdit: setForm, onAsk: setAsk });
  useHotkey("KeyN", t("add"), () => mayEdit && setForm("new"));

  const filterList = useMemo(
    () => [
      {
        kind: "choice" as const,
        key: "bot_id",
        label: t("bot"),
        choices: bots,
        searchable: true,
      },
    ],
    [bots, t],
  );
  const addButton = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setForm("new")}>
      {t("add")}
    </Button>
  );

  return (
    <Page
      title={t("title")}
      about={t("about")}
      layout="fill"
      actions={
        <>
          <PublicDocs />
          <ApiOrigins />
          {addButton}
        </>
      }
    >
      <DataTable
        name="keys"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(key) => key.id}
        onOpen={mayEdit ? setForm : undefined}
        toolbar={<FilterBar filters={filterList} values={filters} onChange={setFilters} />}
        empty={
          filters.bot_id ? (
            <EmptyState icon="search" title={t("nothingFound")} />
          ) : (
            <EmptyState icon="key" title={t("empty")} text={t("emptyText")} action={addButton} />
          )
        }
      />
      {form !== null && <KeyForm apiKey={form} onClose={() => setForm(null)} />}
      <KeyDialogs ask={ask} onClose={() => setAsk(null)} />
    </Page>
  );
}
