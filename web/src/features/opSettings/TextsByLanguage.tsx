// One text in the languages that clients speak; where it is empty the product's own is sent.
import { Input, Select, Stack, Textarea } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useLanguageChoices, useLanguageName } from "@/features/bots";
import { languages } from "@/i18n";

type Props = {
  label: string;
  description: ReactNode;
  value: Record<string, string>;
  error?: string;
  onChange: (texts: Record<string, string>) => void;
};

export function TextsByLanguage({ label, description, value, error, onChange }: Props) {
  const { t } = useTranslation("opSettings");
  const id = useId();
  const nameOf = useLanguageName();
  const choices = useLanguageChoices();
  const shown = [...new Set<string>([...languages, ...Object.keys(value)])];
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      labelElement="div"
      labelProps={{ id }}
    >
      <Stack gap="xs" mt={6} role="group" aria-labelledby={id}>
        {shown.map((language) => (
          <Textarea
            key={language}
            label={nameOf(language)}
            autosize
            minRows={1}
            maxLength={1000}
            value={value[language] ?? ""}
            onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
          />
        ))}
        <Select
          aria-label={t("texts.add", { name: label })}
          placeholder={t("texts.addShort")}
          data={choices.filter((choice) => !shown.includes(choice.value))}
          value={null}
          searchable
          onChange={(language) => language && onChange({ ...value, [language]: "" })}
        />
      </Stack>
    </Input.Wrapper>
  );
}
