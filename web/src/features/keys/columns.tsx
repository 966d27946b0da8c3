// The columns of the keys' table.
import { Menu, Tooltip } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import type { KeyAsk } from "./KeyDialogs";
import type { ApiKey } from "./queries";

type Options = { mayEdit: boolean; onEdit: (key: ApiKey) => void; onAsk: (ask: KeyAsk) => void };

function Expiry({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation(["keys", "common"]);
  if (!apiKey.expires_at) return <>{t("common:endless")}</>;
  if (new Date(apiKey.expires_at).getTime() < Date.now()) {
    return <StatusBadge tone="bad">{t("expired")}</StatusBadge>;
  }
  return <RelativeTime at={apiKey.expires_at} />;
}

export function useKeyColumns({ mayEdit, onEdit, onAsk }: Options): Column<ApiKey>[] {
  const { t } = useTranslation(["keys", "common"]);
  const bots = useBotChoices();
  return useMemo(() => {
    const botNames = (key: ApiKey) =>
      key.bot_ids.map((id) => bots.find((bot) => bot.value === String(id))?.label ?? `#${id}`);
    const menu = (key: ApiKey) => (
      <RowMenu name={key.name}>
        <Menu.Item leftSection={<Icon name="edit" />} onClick={() => onEdit(key)}>
          {t("common:edit")}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="refresh" />}
          onClick={() => onAsk({ kind: "rotate", key })}
        >
          {t("rotate.action")}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<Icon name="trash" />}
          onClick={() => onAsk({ kind: "revoke", key })}
        >
          {t("revoke.action")}
        </Menu.Item>
      </RowMenu>
    );
    const columns: Column<ApiKey>[] = [
      {
        id: "name",
        header: t("common:name"),
        fixed: true,
        cell: (key) => <TwoLines main={key.name} sub={<code>{key.prefix}…</code>} />,
      },
      {
        id: "bots",
        header: t("bots"),
        width: 180,
        cell: (key) => botNames(key).join(", ") || t("common:all"),
      },
      {
        id: "scopes",
        header: t("scopes.title"),
        width: 120,
        cell: (key) => (
          <Tooltip label={key.scopes.join(", ") || t("common:none")}>
            <span>{t("scopes.count", { count: key.scopes.length })}</span>
          </Tooltip>
        ),
      },
      {
        id: "addresses",
        header: t("addresses"),
        width: 150,
        hidden: true,
        cell: (key) => key.ip_allowlist.join(", ") || t("common:all"),
      },
      {
        id: "expires",
        header: t("expires"),
        width: 140,
        cell: (key) => <Expiry apiKey={key} />,
      },
      {
        id: "used",
        header: t("lastUsed"),
        width: 150,
        cell: (key) => <RelativeTime at={key.last_used_at} empty={t("common:never")} />,
      },
      {
        id: "created",
        header: t("common:created"),
        width: 150,
        hidden: true,
        cell: (key) => <RelativeTime at={key.created_at} />,
      },
    ];
    if (mayEdit) {
      columns.push({ id: "menu", header: "", width: 56, fixed: true, align: "end", cell: menu });
    }
    return columns;
  }, [t, bots, mayEdit, onEdit, onAsk]);
}
