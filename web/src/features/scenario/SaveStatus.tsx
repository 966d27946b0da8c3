// Whether the draft is saved, in a word; a failed save can be tried again.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { problemText } from "@/ui/feedback/notify";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import type { Draft, SaveState } from "./useDraft";

const tones: Record<SaveState, Tone> = {
  saved: "ok",
  dirty: "idle",
  saving: "idle",
  waiting: "warn",
  refused: "bad",
  conflict: "bad",
};

export function SaveStatus({ draft }: { draft: Draft }) {
  const { t } = useTranslation(["scenario", "ui"]);
  const { state, failure } = draft;
  return (
    <span role="status" style={{ display: "inline-flex", alignItems: "center", gap: 4 }}>
      <StatusBadge tone={tones[state]} hint={failure ? problemText(failure) : undefined}>
        {t(`state.${state}`)}
      </StatusBadge>
      {(state === "waiting" || state === "refused") && (
        <Button size="compact-sm" variant="subtle" onClick={() => void draft.save()}>
          {t("ui:retry")}
        </Button>
      )}
    </span>
  );
}
