// The groups of events in words.
import { useTranslation } from "react-i18next";

const groups = ["chat", "message", "client", "operator", "run", "bot", "user", "system"] as const;

export function useGroupName(): (group: string) => string {
  const { t } = useTranslation("webhooks");
  return (group) => {
    const known = groups.find((one) => one === group);
    return known ? t(`groups.${known}`) : group;
  };
}
