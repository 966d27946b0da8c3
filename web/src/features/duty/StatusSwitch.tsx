// One's own status: whether new requests may come, and what becomes of the open ones.
import { Menu, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ColorDot } from "@/ui/color/ColorChip";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { OpenChats } from "./OpenChats";
import { type Status, useOwnStatus, useSetOwnStatus } from "./queries";
import classes from "./Status.module.css";

export function StatusSwitch({ folded }: { folded: boolean }) {
  const { t } = useTranslation("duty");
  const own = useOwnStatus().data;
  const set = useSetOwnStatus();
  const [asked, setAsked] = useState<Status | null>(null);
  const [opened, setOpened] = useState(false);
  useHotkey("own_status", t("change"), () => setOpened(true));
  if (!own) return null;
  const choose = (status: Status) => {
    if (status.id === own.status.id) return;
    if (status.kind === "offline" && own.active > 0) setAsked(status);
    else set.mutate({ status_id: status.id, open_chats: "keep" });
  };
  const load = t("load", { active: own.active, limit: own.limit });
  return (
    <>
      <Menu position="right-end" width={220} opened={opened} onChange={setOpened}>
        <Menu.Target>
          <UnstyledButton
            className={classes.item}
            data-folded={folded || undefined}
            aria-label={folded ? t("statusNow", { name: own.status.name }) : undefined}
          >
            <span className={classes.dot}>
              <ColorDot color={own.status.color} />
            </span>
            {!folded && (
              <span className={classes.name}>
                <span className="visually-hidden">{t("status")}: </span>
                {own.status.name}
              </span>
            )}
            {!folded && (
              <span className={classes.load} title={t("loadHint")}>
                {load}
              </span>
            )}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("status")}</Menu.Label>
          {own.statuses.map((status) => (
            <Menu.Item
              key={status.id}
              leftSection={<ColorDot color={status.color} />}
              rightSection={status.id === own.status.id && <Icon name="check" size={14} />}
              onClick={() => choose(status)}
            >
              {status.name}
            </Menu.Item>
          ))}
          <Menu.Label>
            {own.quota === null
              ? t("clientsToday", { count: own.touched })
              : t("quotaToday", { touched: own.touched, quota: own.quota })}
          </Menu.Label>
          {own.paused && <Menu.Label>{t("paused")}</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      <OpenChats
        status={asked}
        count={own.active}
        onChoose={(open_chats) =>
          asked ? set.mutateAsync({ status_id: asked.id, open_chats }) : Promise.resolve()
        }
        onClose={() => setAsked(null)}
      />
    </>
  );
}
