// Sounds and shows a notification when something of mine happens out of my sight.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { live } from "@/api/live";
import { showNotice } from "@/ui/feedback/notify";
import { type Alert, alertOf, overstayOf } from "./alertOf";
import { noticesPossible, useNoticeChoice, useSoundChoice } from "./choices";
import { OneTab, rankOfTab } from "./oneTab";
import { markRequests, markTeam } from "./queries";
import { chime } from "./sound";

/** Several at once, as after a break, are one. */
const quietMs = 2_000;
const textShown = 120;

function isSeen(requestId: number): boolean {
  const looks = document.visibilityState === "visible" && document.hasFocus();
  return looks && window.location.pathname.endsWith(`/requests/${requestId}`);
}

/** `leads`: chats and statuses of others are his business too. */
export function useAlerts(me: number, leads: boolean): void {
  const { t } = useTranslation("duty");
  const navigate = useNavigate();
  const [sound] = useSoundChoice();
  const [notices] = useNoticeChoice();
  const announce = useRef<(alert: Alert) => void>(() => undefined);
  announce.current = (alert) => {
    if (sound) void chime();
    if (!notices || !noticesPossible || Notification.permission !== "granted") return;
    const title = t(`alert.${alert.kind}`, { name: alert.name });
    const body = alert.text.slice(0, textShown);
    const notice = new Notification(title, { body, tag: `request ${alert.requestId}` });
    notice.onclick = () => {
      window.focus();
      notice.close();
      void navigate({
        to: "/operator_panel/requests/{-$number}",
        params: { number: String(alert.requestId) },
      });
    };
  };

  useEffect(() => {
    const channel = new BroadcastChannel("connective.alerts");
    const tabs = new OneTab(channel);
    let last = 0;
    const stop = live.listen({
      topic: "requests",
      mark: markRequests,
      onStale: () => undefined,
      onEvent: async (event) => {
        const alert = alertOf(event, me, isSeen, leads);
        if (!alert || Date.now() - last < quietMs) return;
        last = Date.now();
        if (await tabs.claim(String(event.id), rankOfTab())) announce.current(alert);
      },
    });
    return () => {
      stop();
      channel.close();
    };
  }, [me, leads]);
}

/** Says that a status lasts too long: one's own, or one of those whom one leads. */
export function useOverstays(me: number, leads: boolean): void {
  const { t } = useTranslation("duty");
  const tell = useRef<(sentence: string) => void>(() => undefined);
  const [sound] = useSoundChoice();
  const [notices] = useNoticeChoice();
  tell.current = (sentence) => {
    if (sound) void chime();
    showNotice(sentence);
    if (!notices || !noticesPossible || Notification.permission !== "granted") return;
    new Notification(sentence);
  };
  useEffect(() => {
    const channel = new BroadcastChannel("connective.overstays");
    const tabs = new OneTab(channel);
    const stop = live.listen({
      topic: "team",
      mark: markTeam,
      onStale: () => undefined,
      onEvent: async (event) => {
        const found = overstayOf(event, me, leads);
        if (!found || !(await tabs.claim(String(event.id), rankOfTab()))) return;
        const { name, minutes: count, mine } = found;
        tell.current(mine ? t("overstay.mine", { count }) : t("overstay.of", { name, count }));
      },
    });
    return () => {
      stop();
      channel.close();
    };
  }, [me, leads, t]);
}
