// Makes the request of a block from a document, and tries it; a click in the answer maps it.
import { Button, Group } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ActionId, ImportRequest, TryRequest, type Values } from "@/features/tryRequest";
import { Icon } from "@/ui/Icon";
import { SidePanel } from "@/ui/SidePanel";
import { actionName } from "../graph/actionPorts";
import { constantsIn } from "../graph/constants";
import type { Data, Graph } from "../graph/document";

type Props = { graph: Graph; data: Data; onChange: (data: Data) => void };

export function isRequest(data: Data): boolean {
  return ["send_request", "send_me"].includes(actionName(data));
}

export function RequestTest({ graph, data, onChange }: Props) {
  const { t } = useTranslation("scenario");
  const { id } = useParams({ strict: false });
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="send" size={14} />}
          onClick={() => setOpened(true)}
        >
          {t("inspector.test")}
        </Button>
        <ImportRequest onTake={(values) => onChange({ ...data, values })} />
      </Group>
      <SidePanel
        opened={opened}
        title={t("inspector.testTitle")}
        onClose={() => setOpened(false)}
        size={680}
      >
        {opened && (
          <TryRequest
            action={actionName(data) as ActionId}
            values={(data.values ?? {}) as Values}
            onValues={(values) => onChange({ ...data, values })}
            sample={constantsIn(graph, data)}
            botId={id === undefined ? undefined : Number(id)}
          />
        )}
      </SidePanel>
    </>
  );
}
