// In the menu of the app: what I was told, the unread ones marked until the list is closed.
import { Popover, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { Icon } from "@/ui/Icon";
import { NoticeList } from "./NoticeList";
import classes from "./Notices.module.css";
import { useNotices, useReadNotices } from "./queries";

export function NoticeBell({ folded }: { folded: boolean }) {
  return useCan()("requests.view") ? <Bell folded={folded} /> : null;
}

function Bell({ folded }: { folded: boolean }) {
  const { t } = useTranslation("notices");
  const told = useNotices();
  const read = useReadNotices();
  const [opened, setOpened] = useState(false);
  const unread = told?.unread ?? 0;
  const turn = (open: boolean) => {
    setOpened(open);
    const newest = told?.items[0];
    if (!open && newest && unread > 0) read(newest.id);
  };
  return (
    <Popover opened={opened} onChange={turn} position="right-end" width={320} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.item}
          data-folded={folded || undefined}
          aria-label={t("bell", { count: unread })}
          onClick={() => turn(!opened)}
        >
          <Icon name="bell" />
          {!folded && <span className={classes.label}>{t("title")}</span>}
          {unread > 0 && <span className={classes.count}>{unread}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <NoticeList notices={told?.items ?? []} onLeave={() => turn(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
