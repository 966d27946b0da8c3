// Chooses the language of the interface, without a reload.
import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isLanguage, type Language, languageNames, languages, setLanguage } from "@/i18n";

type Props = { onChosen?: (language: Language) => void };

export function LanguageSwitch({ onChosen }: Props) {
  const { t, i18n } = useTranslation("session");
  const choose = async (value: string) => {
    if (!isLanguage(value)) return;
    await setLanguage(value);
    onChosen?.(value);
  };
  return (
    <SegmentedControl
      aria-label={t("language")}
      size="xs"
      value={i18n.language}
      onChange={choose}
      data={languages.map((value) => ({ value, label: languageNames[value] }))}
    />
  );
}
