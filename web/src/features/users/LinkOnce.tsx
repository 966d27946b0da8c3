// A reset link, shown this once.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SecretOnce } from "@/ui/CopyField";

export function LinkOnce({ url }: { url: string }) {
  const { t } = useTranslation("users");
  return (
    <>
      <Text size="sm">{t("link.give")}</Text>
      <SecretOnce label={t("link.label")} value={url} />
    </>
  );
}
