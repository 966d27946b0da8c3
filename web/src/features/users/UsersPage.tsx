// All people with an account: find, add, change, switch off.
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { EmptyState } from "@/ui/feedback/States";
import { FilterBar } from "@/ui/filters/FilterBar";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { useUserColumns } from "./columns";
import { type User, useRoles, useUsers } from "./queries";
import { type Ask, UserDialogs } from "./UserDialogs";
import { UserForm } from "./UserForm";

export function UsersPage() {
  const { t } = useTranslation(["users", "common"]);
  const can = useCan();
  const [filters, setFilters] = useUrlFilters<"q" | "role" | "active" | "sort">();
  const source = useUsers(filters);
  const roles = useRoles();
  const [form, setForm] = useState<User | "new" | null>(null);
  const [ask, setAsk] = useState<Ask | null>(null);
  const mayEdit = can("users.edit");
  const columns = useUserColumns({ mayEdit, onEdit: setForm, onAsk: setAsk });
  useHotkey("KeyN", t("add"), () => mayEdit && setForm("new"));

  const filterList = useMemo(
    () => [
      { kind: "search" as const, key: "q", label: t("search") },
      {
        kind: "choice" as const,
        key: "role",
        label: t("role"),
        choices: roles.map((role) => ({ value: role.alias, label: role.name })),
      },
      {
        kind: "choice" as const,
        key: "active",
        label: t("common:status"),
        choices: [
          { value: "yes", label: t("common:active") },
          { value: "no", label: t("common:inactive") },
        ],
      },
    ],
    [roles, t],
  );
  const filtered = Boolean(filters.q || filters.role || filters.active);

  return (
    <Page
      title={t("title")}
      about={t("about")}
      layout="fill"
      actions={
        mayEdit && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setForm("new")}>
            {t("add")}
          </Button>
        )
      }
    >
      <DataTable
        name="users"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(user) => user.id}
        onOpen={mayEdit ? setForm : undefined}
        sort={filters.sort}
        onSort={(sort) => setFilters({ sort })}
        toolbar={<FilterBar filters={filterList} values={filters} onChange={setFilters} />}
        empty={
          <EmptyState
            icon="users"
            title={filtered ? t("nobodyFound") : t("empty")}
            text={filtered ? t("nobodyFoundText") : undefined}
          />
        }
      />
      {form !== null && <UserForm user={form} onClose={() => setForm(null)} />}
      <UserDialogs ask={ask} onClose={() => setAsk(null)} />
    </Page>
  );
}
