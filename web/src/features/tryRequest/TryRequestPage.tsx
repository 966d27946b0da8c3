// A request tried before there is a scenario for it: its JSON is what a block takes.
import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BackToIntegrations } from "@/features/integrations";
import { CodeEditor } from "@/ui/editor/CodeEditor";
import { Page } from "@/ui/page/Page";
import { ImportRequest } from "./ImportRequest";
import type { Values } from "./mapping";
import type { ActionId } from "./queries";
import { TryRequest } from "./TryRequest";
import classes from "./TryRequest.module.css";

const sample = { url: "https://", method: "GET", response_mapping: {} };

export function TryRequestPage() {
  const { t } = useTranslation("tryRequest");
  const [action, setAction] = useState<ActionId>("send_request");
  const [values, setValues] = useState<Values>(sample);
  const [text, setText] = useState(() => JSON.stringify(sample, null, 2));
  const [isJson, setIsJson] = useState(true);
  const edit = (next: string) => {
    setText(next);
    try {
      setValues(JSON.parse(next) as Values);
      setIsJson(true);
    } catch {
      setIsJson(false);
    }
  };
  const take = (next: Values) => {
    setValues(next);
    setText(JSON.stringify(next, null, 2));
  };
  return (
    <Page title={t("title")} about={t("pageAbout")} back={<BackToIntegrations />}>
      <div className={classes.columns}>
        <Stack gap="sm">
          <Group justify="space-between" gap="xs">
            <SegmentedControl
              aria-label={t("action")}
              data={["send_request", "send_me"]}
              value={action}
              onChange={(next) => setAction(next as ActionId)}
            />
            <ImportRequest onTake={take} />
          </Group>
          <CodeEditor label={t("config")} value={text} onChange={edit} height={320} />
          {!isJson && (
            <Text size="xs" c="red" role="alert">
              {t("notJson")}
            </Text>
          )}
        </Stack>
        <TryRequest action={action} values={values} onValues={take} />
      </div>
    </Page>
  );
}
