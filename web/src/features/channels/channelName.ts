// How channels are called for people.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** Names that the systems behind a custom channel may give as the origin of a chat. */
const brands: Record<string, string> = {
  telegram: "Telegram",
  viber: "Viber",
  whatsapp: "WhatsApp",
  facebook: "Facebook",
  instagram: "Instagram",
  messenger: "Messenger",
};

export function useChannelName(): (channel: string) => string {
  const { t } = useTranslation("channels");
  return useCallback(
    (channel) => (channel === "custom_channel" ? t("custom") : (brands[channel] ?? channel)),
    [t],
  );
}
