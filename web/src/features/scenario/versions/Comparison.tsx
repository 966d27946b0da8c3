// A version beside what is being edited or beside what clients meet.
import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { useDiff, type Version } from "../queries";
import { DiffView } from "./DiffView";
import classes from "./Versions.module.css";

type Props = {
  botId: number;
  version: Version;
  /** The number of the version that clients meet. */
  active: number | null;
  onBack: () => void;
};

export function Comparison({ botId, version, active, onBack }: Props) {
  const { t } = useTranslation("scenario");
  const isCurrent = version.number === active || active === null;
  const [side, setSide] = useState(isCurrent ? "draft" : "active");
  const number = String(version.number);
  const query = useDiff(botId, number, side === "draft" ? "draft" : String(active ?? 0));
  return (
    <div className={classes.comparison}>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon name="arrowLeft" size={14} />}
        onClick={onBack}
      >
        {t("versions.back")}
      </Button>
      <SegmentedControl
        value={side}
        onChange={setSide}
        aria-label={t("versions.compare")}
        data={[
          ...(isCurrent
            ? []
            : [
                {
                  value: "active",
                  label: t("versions.withCurrent", { number, current: active ?? 0 }),
                },
              ]),
          { value: "draft", label: t("versions.withDraft", { number }) },
        ]}
      />
      <Loaded query={query}>{(diff) => <DiffView diff={diff} />}</Loaded>
    </div>
  );
}
