// Shows what I am told as it comes, and what came while I was away.
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { LiveEvent } from "@/api/frames";
import { useLive } from "@/api/useLive";
import { useCan, useMe } from "@/features/session";
import { showNotice } from "@/ui/feedback/notify";
import { markNotices, type Notice, noticesKey, useNotices } from "./queries";

/** It stays under the bell. */
const shownMs = 10_000;

export function NoticeToasts() {
  const me = useMe();
  const can = useCan();
  return me && can("requests.view") ? <Toasts me={me.id} /> : null;
}

function Toasts({ me }: { me: number }) {
  const { t } = useTranslation("notices");
  const unread = useNotices()?.unread;
  const looked = useRef(false);
  useEffect(() => {
    if (unread === undefined || looked.current) return;
    looked.current = true;
    if (unread > 0) showNotice(t("whileAway", { count: unread }), shownMs);
  }, [unread, t]);
  useLive(`notices:${me}`, markNotices, [noticesKey], ({ kind, data }: LiveEvent) => {
    const notice = data.notice as Notice | undefined;
    if (kind === "notice.created" && notice) {
      const name = notice.from_name || t("unnamed");
      showNotice(`${t(`kind.${notice.kind}`, { name })}: ${notice.text}`);
    }
    return false;
  });
  return null;
}
