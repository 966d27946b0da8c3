// Where the client's record is in another system, such as the CRM around the panel.
import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";

export function ClientRecord({ url }: { url: string | null }) {
  const { t } = useTranslation("panel");
  if (!url || !/^https?:\/\//.test(url)) return null;
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
      <Icon name="link" size={14} /> {t("fact.record")}
    </Anchor>
  );
}
