// Where a request stands, and what it may be set to.
import { Menu, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { isUnderDialog } from "@/ui/keys/hotkeys";
import { useHotkey } from "@/ui/keys/useHotkey";
import type { Asking } from "../asking/asking";
import { usePatch } from "../data/actions";
import { wakeUps } from "../logic/wakeUps";
import type { Details } from "../types";
import { StatePill } from "./StatePill";
import classes from "./TalkHead.module.css";

type Props = { details: Details; onAsk: (asking: Asking) => void };

export function StateMenu({ details: { request, may }, onAsk }: Props) {
  const { t } = useTranslation("panel");
  const [opened, setOpened] = useState(false);
  const { id, state } = request;
  const works = state === "open" || state === "in_progress";
  const mayPause = may.includes("edit") && works;
  const mayResume = may.includes("edit") && state === "on_pause";
  const mayClose = may.includes("close");
  const any = mayPause || mayResume || mayClose;
  useHotkey("state", t("keys.state"), () => {
    if (any && !isUnderDialog()) setOpened(true);
  });
  if (!any) return <StatePill request={request} />;
  return (
    <Menu position="bottom-start" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <UnstyledButton className={classes.state}>
          <span className="visually-hidden">{t("stateIs")}: </span>
          <StatePill request={request} />
          <Icon name="chevronDown" size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {mayPause && <PauseItems id={id} />}
        {mayResume && <ResumeItem id={id} />}
        {mayClose && (
          <Menu.Item leftSection={<Icon name="check" />} onClick={() => onAsk("close")}>
            {t("close.open")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
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
