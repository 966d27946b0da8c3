// Whether this browser may sound and show notifications, as the user chose.
import { useLocalStorage } from "@mantine/hooks";

export function useSoundChoice() {
  return useLocalStorage({
    key: "connective.alerts.sound",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
}

export function useNoticeChoice() {
  return useLocalStorage({
    key: "connective.alerts.notices",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
}

export const noticesPossible = typeof Notification !== "undefined";

/** Asks the browser where it was not asked yet; whether notifications may be shown now. */
export async function allowNotices(): Promise<boolean> {
  if (!noticesPossible) return false;
  return (await Notification.requestPermission()) === "granted";
}
