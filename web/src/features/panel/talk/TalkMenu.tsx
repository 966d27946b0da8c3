// What is done to a request less often: searched, paused, given back, reopened, blocked.
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Icon } from "@/ui/Icon";
import { RowMenu } from "@/ui/RowMenu";
import type { Asking } from "../asking/asking";
import { usePatch, useReopen, useUnblock } from "../data/actions";
import { wakeUps } from "../logic/wakeUps";
import type { Details } from "../types";

type Props = { details: Details; onAsk: (asking: Asking) => void; onFind: () => void };

export function TalkMenu({ details, onAsk, onFind }: Props) {
  const { t } = useTranslation("panel");
  const { request, may } = details;
  const { id, state, client_name, blocked } = request;
  const reopen = useReopen(id);
  const unblock = useUnblock(id);
  const can = useCan();
  const works = state === "open" || state === "in_progress";
  return (
    <RowMenu name={client_name}>
      <Menu.Item leftSection={<Icon name="search" />} onClick={onFind}>
        {t("find.open")}
      </Menu.Item>
      {may.includes("edit") && works && <PauseItems id={id} />}
      {may.includes("edit") && state === "on_pause" && <ResumeItem id={id} />}
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

function PauseItems({ id }: { id: number }) {
  const { t } = useTranslation("panel");
  const patch = usePatch(id);
  const pause = (paused_until: string | null) =>
    patch.mutate({
      body: { status: "on_pause", paused_until },
      shown: { state: "on_pause", paused_until },
    });
  return (
    <>
      <Menu.Label>{t("pause.label")}</Menu.Label>
      {wakeUps(new Date()).map(({ name, at }) => (
        <Menu.Item
          key={name}
          leftSection={<Icon name="clock" />}
          onClick={() => pause(at.toISOString())}
        >
          {t(`pause.${name}`)}
        </Menu.Item>
      ))}
      <Menu.Item leftSection={<Icon name="pause" />} onClick={() => pause(null)}>
        {t("pause.untilAnswer")}
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}

function ResumeItem({ id }: { id: number }) {
  const { t } = useTranslation("panel");
  const patch = usePatch(id);
  const resume = () =>
    patch.mutate({
      body: { status: "in_progress" },
      shown: { state: "in_progress", paused_until: null },
    });
  return (
    <Menu.Item leftSection={<Icon name="play" />} onClick={resume}>
      {t("pause.end")}
    </Menu.Item>
  );
}
