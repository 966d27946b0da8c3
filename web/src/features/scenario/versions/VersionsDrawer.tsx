// The history: every version, newest first; look, compare, describe, pin, restore.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, LoadingLines } from "@/ui/feedback/States";
import { SidePanel } from "@/ui/SidePanel";
import { useVersions, type Version } from "../queries";
import { Comparison } from "./Comparison";
import { RestoreDialog } from "./RestoreDialog";
import { VersionRow } from "./VersionRow";
import classes from "./Versions.module.css";

type Props = {
  botId: number;
  opened: boolean;
  active: number | null;
  mayEdit: boolean;
  mayRestore: boolean;
  onShow: (number: number) => void;
  onRestore: (restore: () => Promise<unknown>) => Promise<void>;
  onClose: () => void;
};

export function VersionsDrawer(props: Props) {
  const { t } = useTranslation("scenario");
  return (
    <SidePanel opened={props.opened} title={t("versions.title")} onClose={props.onClose} size={560}>
      {props.opened && <List {...props} />}
    </SidePanel>
  );
}

function List({ botId, active, mayEdit, mayRestore, onShow, onRestore }: Props) {
  const { t } = useTranslation(["scenario", "ui"]);
  const source = useVersions(botId);
  const [compared, setCompared] = useState<Version | null>(null);
  const [restoring, setRestoring] = useState<Version | null>(null);

  if (source.error) return <ErrorState error={source.error} onRetry={source.refetch} />;
  if (source.isPending) return <LoadingLines rows={4} />;
  if (source.rows.length === 0) {
    return <EmptyState icon="history" title={t("versions.empty")} text={t("versions.emptyText")} />;
  }
  if (compared) {
    return (
      <Comparison
        botId={botId}
        version={compared}
        active={active}
        onBack={() => setCompared(null)}
      />
    );
  }
  return (
    <>
      <ol className={classes.list}>
        {source.rows.map((version) => (
          <VersionRow
            key={version.id}
            botId={botId}
            version={version}
            mayEdit={mayEdit}
            onShow={() => onShow(version.number)}
            onCompare={() => setCompared(version)}
            onRestore={
              mayRestore && version.number !== active ? () => setRestoring(version) : undefined
            }
          />
        ))}
      </ol>
      {source.hasMore && (
        <Button variant="default" loading={source.isLoadingMore} onClick={() => source.loadMore()}>
          {t("ui:table.more")}
        </Button>
      )}
      {restoring && (
        <RestoreDialog
          botId={botId}
          version={restoring}
          onRestore={onRestore}
          onClose={() => setRestoring(null)}
        />
      )}
    </>
  );
}
