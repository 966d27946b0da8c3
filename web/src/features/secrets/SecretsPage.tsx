// Names of the values that scenarios use without showing them.
import { Button, Code, Menu } from "@mantine/core";
import { useMemo, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Page } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { type Secret, useDeleteSecret, useSecrets } from "./queries";
import { SecretForm } from "./SecretForm";

/** How a scenario names the secret. */
function templateOf(name: string): string {
  return `{{secret.${name}}}`;
}

export function SecretsPage() {
  const { t } = useTranslation(["secrets", "common"]);
  const can = useCan();
  const mayEdit = can("secrets.edit");
  const source = useSecrets();
  const [form, setForm] = useState<Secret | "new" | null>(null);
  const [leaving, setLeaving] = useState<Secret | null>(null);
  const remove = useDeleteSecret();
  useHotkey("KeyN", t("add"), () => mayEdit && setForm("new"));

  const mayDelete = can("secrets.delete");
  const columns = useMemo(() => {
    const list: Column<Secret>[] = [
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        cell: (secret) => <code>{secret.name}</code>,
      },
      {
        id: "use",
        header: t("use"),
        cell: (secret) => <Code>{templateOf(secret.name)}</Code>,
      },
      {
        id: "updated",
        header: t("updated"),
        width: 180,
        cell: (secret) => <RelativeTime at={secret.updated_at} />,
      },
    ];
    const menu = (secret: Secret) => (
      <RowMenu name={secret.name}>
        <Menu.Item leftSection={<Icon name="edit" />} onClick={() => setForm(secret)}>
          {t("replace")}
        </Menu.Item>
        {mayDelete && (
          <Menu.Item
            color="red"
            leftSection={<Icon name="trash" />}
            onClick={() => setLeaving(secret)}
          >
            {t("common:delete")}
          </Menu.Item>
        )}
      </RowMenu>
    );
    if (mayEdit) {
      list.push({ id: "menu", header: "", width: 56, fixed: true, align: "end", cell: menu });
    }
    return list;
  }, [t, mayEdit, mayDelete]);

  const confirmRemoval = async () => {
    if (!leaving) return;
    await remove(leaving.name);
    showDone(t("deleted", { name: leaving.name }));
  };
  const addButton = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setForm("new")}>
      {t("add")}
    </Button>
  );

  return (
    <Page
      title={t("title")}
      about={
        <Trans
          t={t}
          i18nKey="about"
          values={{ example: "{{secret.NAME}}" }}
          components={{ code: <Code /> }}
        />
      }
      layout="fill"
      actions={addButton}
    >
      <DataTable
        name="secrets"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(secret) => secret.name}
        onOpen={mayEdit ? setForm : undefined}
        empty={
          <EmptyState icon="lock" title={t("empty")} text={t("emptyText")} action={addButton} />
        }
      />
      {form !== null && <SecretForm secret={form} onClose={() => setForm(null)} />}
      <ConfirmDialog
        opened={leaving !== null}
        title={t("delete.title", { name: leaving?.name ?? "" })}
        consequences={[t("delete.scenarios"), t("delete.final")]}
        confirmLabel={t("common:delete")}
        danger
        typeToConfirm={leaving?.name}
        onConfirm={confirmRemoval}
        onClose={() => setLeaving(null)}
      />
    </Page>
  );
}
