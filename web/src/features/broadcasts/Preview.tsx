// A template's text as a client without any data would read it.
import { Alert, Select, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguageName } from "@/features/bots";
import { useChannelChoices } from "@/features/channels";
import { FormProblem } from "@/ui/form/FormProblem";
import classes from "./Preview.module.css";
import { type Content, usePreview } from "./queries";

export function Preview({ content }: { content: Content }) {
  const { t } = useTranslation("broadcasts");
  const nameOf = useLanguageName();
  const channels = useChannelChoices();
  const known = Object.keys(content.texts);
  const [language, setLanguage] = useState<string | null>(null);
  const [channel, setChannel] = useState("custom_channel");
  const [settled] = useDebouncedValue(content, 300);
  const chosen = language && known.includes(language) ? language : (known[0] ?? "en");
  const { data, error } = usePreview(settled, chosen, channel);
  if (known.length === 0) return <Alert color="gray">{t("preview.nothing")}</Alert>;
  return (
    <Stack gap="xs">
      <Select
        label={t("preview.language")}
        allowDeselect={false}
        data={known.map((value) => ({ value, label: nameOf(value) }))}
        value={chosen}
        onChange={setLanguage}
      />
      <Select
        label={t("preview.channel")}
        allowDeselect={false}
        data={channels}
        value={channel}
        onChange={(next) => setChannel(next ?? channel)}
      />
      <div className={classes.bubble}>{data?.text}</div>
      {data && data.missing.length > 0 && (
        <Alert color="gray">{t("preview.missing", { names: data.missing.join(", ") })}</Alert>
      )}
      <FormProblem failure={error} shownFields={[]} />
    </Stack>
  );
}
