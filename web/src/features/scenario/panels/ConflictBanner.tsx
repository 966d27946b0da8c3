// Somebody else has saved the draft: who, when, what differs, and the two ways on.
import { Alert, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showProblem } from "@/ui/feedback/notify";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { differingNodes } from "../graph/compare";
import type { Draft } from "../useDraft";

export function ConflictBanner({ draft }: { draft: Draft }) {
  const { t } = useTranslation("scenario");
  const [busy, setBusy] = useState<"theirs" | "mine" | null>(null);
  const { theirs } = draft;
  const names = theirs ? differingNodes(draft.graph, theirs.graph) : [];
  const run = async (which: "theirs" | "mine", action: () => Promise<unknown>) => {
    setBusy(which);
    await action().catch(showProblem);
    setBusy(null);
  };
  return (
    <Alert color="yellow" icon={<Icon name="alert" />} role="alert" title={t("conflict.title")}>
      <Text size="sm">
        {theirs?.updatedBy
          ? t("conflict.by", { name: theirs.updatedBy })
          : t("conflict.bySomebody")}{" "}
        {theirs?.updatedAt && <RelativeTime at={theirs.updatedAt} />}
      </Text>
      {names.length > 0 && (
        <Text size="sm">{t("conflict.nodes", { names: names.slice(0, 8).join(", ") })}</Text>
      )}
      <Text size="sm">{t("conflict.choice")}</Text>
      <Group gap="xs" mt="xs">
        <Button loading={busy === "theirs"} onClick={() => run("theirs", draft.takeTheirs)}>
          {t("conflict.reload")}
        </Button>
        <Button
          variant="default"
          loading={busy === "mine"}
          onClick={() => run("mine", draft.keepMine)}
        >
          {t("conflict.keepMine")}
        </Button>
      </Group>
    </Alert>
  );
}
