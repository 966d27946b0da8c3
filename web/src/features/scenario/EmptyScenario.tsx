// What a bot without a scenario offers: a sample to change, or a file to bring in.
import { Alert, Button, FileButton, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { type Graph, graphOfFile } from "./graph/document";
import { prepare } from "./graph/prepare";
import { menuSample } from "./samples";
import { subscribeSample } from "./subscribeSample";

type Props = { graph: Graph; languages: string[]; onChange?: (graph: Graph) => void };

/** The document in a file; null when it is none. */
async function readScenario(file: File): Promise<Graph | null> {
  try {
    return graphOfFile(JSON.parse(await file.text()));
  } catch {
    return null;
  }
}

export function EmptyScenario({ graph, languages, onChange }: Props) {
  const { t } = useTranslation("scenario");
  const [isRefused, setRefused] = useState(false);
  const names: Record<string, string> = {
    menu: t("empty.nodes.menu"),
    askNumber: t("empty.nodes.askNumber"),
    answer: t("empty.nodes.answer"),
    hours: t("empty.nodes.hours"),
  };
  const bring = async (file: File | null) => {
    if (!file) return;
    const document = await readScenario(file);
    setRefused(document === null);
    if (document) onChange?.(prepare(document, languages[0] ?? "en"));
  };
  return (
    <EmptyState
      icon="flow"
      title={t("empty.title")}
      text={onChange ? t("empty.text") : t("empty.readOnly")}
      action={
        onChange && (
          <>
            <Group justify="center" gap="xs">
              <Button
                leftSection={<Icon name="plus" />}
                onClick={() => onChange(menuSample(graph, languages, (key) => names[key] ?? ""))}
              >
                {t("empty.sample")}
              </Button>
              <Button
                variant="default"
                leftSection={<Icon name="bell" />}
                onClick={() => onChange(subscribeSample(graph, languages))}
              >
                {t("empty.subscribe")}
              </Button>
              <FileButton onChange={bring} accept="application/json,.json">
                {(props) => (
                  <Button variant="default" leftSection={<Icon name="paperclip" />} {...props}>
                    {t("empty.import")}
                  </Button>
                )}
              </FileButton>
            </Group>
            {isRefused && (
              <Alert color="red" mt="sm" role="alert">
                {t("empty.notAScenario")}
              </Alert>
            )}
          </>
        )
      }
    />
  );
}
