// What is done to a request less often: searched, given back, reopened, blocked.
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Icon } from "@/ui/Icon";
import { RowMenu } from "@/ui/RowMenu";
import type { Asking } from "../asking/asking";
import { useReopen, useUnblock } from "../data/actions";
import type { Details } from "../types";

type Props = { details: Details; onAsk: (asking: Asking) => void; onFind: () => void };

export function TalkMenu({ details, onAsk, onFind }: Props) {
  const { t } = useTranslation(["panel", "panelTalk"]);
  const { request, may } = details;
  const { id, client_name, blocked } = request;
  const reopen = useReopen(id);
  const unblock = useUnblock(id);
  const can = useCan();
  return (
    <RowMenu name={client_name}>
      <Menu.Item leftSection={<Icon name="search" />} onClick={onFind}>
        {t("panelTalk:find.open")}
      </Menu.Item>
      {may.includes("transfer") && (
        <Menu.Item leftSection={<Icon name="transfer" />} onClick={() => onAsk("transfer")}>
          {t("transfer.open")}
        </Menu.Item>
      )}
      {may.includes("transfer") && (
        <Menu.Item leftSection={<Icon name="bot" />} onClick={() => onAsk("bot")}>
          {t("transfer.toBotOpen")}
        </Menu.Item>
      )}
      {may.includes("reopen") && (
        <Menu.Item leftSection={<Icon name="undo" />} onClick={() => reopen.mutate()}>
          {t("reopen")}
        </Menu.Item>
      )}
      {can("clients.edit") && blocked && (
        <Menu.Item leftSection={<Icon name="ban" />} onClick={() => unblock.mutate()}>
          {t("block.undo")}
        </Menu.Item>
      )}
      {can("clients.edit") && !blocked && (
        <Menu.Item leftSection={<Icon name="ban" />} color="red" onClick={() => onAsk("block")}>
          {t("block.open")}
        </Menu.Item>
      )}
    </RowMenu>
  );
}
