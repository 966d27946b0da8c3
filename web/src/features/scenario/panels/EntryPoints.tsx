// Where other systems start the scenario: address, command to try, who may call.
import { Alert, MultiSelect, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EntryLinks } from "@/features/links";
import { useCan } from "@/features/session";
import { CopyField } from "@/ui/CopyField";
import { showProblem } from "@/ui/feedback/notify";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { SidePanel } from "@/ui/SidePanel";
import { StatusBadge } from "@/ui/StatusBadge";
import { callCurl } from "../callCurl";
import { type EntryPoint, useChangeEntryPoint, useEntryPoints } from "../queries";
import classes from "./EntryPoints.module.css";

type Props = {
  botId: number;
  opened: boolean;
  onOpenNode: (id: number) => void;
  onClose: () => void;
};

export function EntryPoints({ botId, opened, onOpenNode, onClose }: Props) {
  const { t } = useTranslation("scenario");
  return (
    <SidePanel opened={opened} title={t("entryPoints.title")} onClose={onClose} size={560}>
      {opened && <List botId={botId} onOpenNode={onOpenNode} />}
    </SidePanel>
  );
}

function List({ botId, onOpenNode }: Pick<Props, "botId" | "onOpenNode">) {
  const { t } = useTranslation("scenario");
  const query = useEntryPoints(botId);
  return (
    <Loaded query={query}>
      {(points) =>
        points.length === 0 ? (
          <EmptyState
            icon="webhook"
            title={t("entryPoints.empty")}
            text={t("entryPoints.emptyText")}
          />
        ) : (
          points.map((point) => (
            <Point key={point.node_id} botId={botId} point={point} onOpenNode={onOpenNode} />
          ))
        )
      }
    </Loaded>
  );
}

type PointProps = { botId: number; point: EntryPoint; onOpenNode: (id: number) => void };

function Point({ botId, point, onOpenNode }: PointProps) {
  const { t } = useTranslation("scenario");
  const can = useCan();
  const change = useChangeEntryPoint(botId);
  const mayEdit = can("entry_points.edit");
  const set = (body: Parameters<typeof change>[0]) => change(body).catch(showProblem);
  const nodeId = point.node_id;

  return (
    <section className={classes.point} aria-label={point.name || point.alias || `#${nodeId}`}>
      <header className={classes.head}>
        <button type="button" className={classes.title} onClick={() => onOpenNode(nodeId)}>
          <b>{point.name || point.alias}</b> <span>#{nodeId}</span>
        </button>
        {point.published ? (
          <StatusBadge tone={point.enabled ? "ok" : "idle"}>
            {point.enabled ? t("entryPoints.on") : t("entryPoints.off")}
          </StatusBadge>
        ) : (
          <StatusBadge tone="warn">{t("entryPoints.unpublished")}</StatusBadge>
        )}
        {point.open && <StatusBadge tone="bad">{t("entryPoints.open")}</StatusBadge>}
      </header>
      {point.open && (
        <Alert color="red" icon={<Icon name="alert" />}>
          {point.warning ?? t("entryPoints.openWarning")}
        </Alert>
      )}
      <CopyField label={t("entryPoints.url")} value={point.call_node_url} />
      <CopyField label={t("entryPoints.curl")} value={callCurl(point)} block />
      {point.published && <EntryLinks botId={botId} nodeId={nodeId} />}
      <div className={classes.switches}>
        <Switch
          label={t("entryPoints.requireKey")}
          description={t("entryPoints.requireKeyHint")}
          checked={point.require_key}
          disabled={!mayEdit}
          onChange={(event) => set({ nodeId, require_key: event.currentTarget.checked })}
        />
        <Switch
          label={t("entryPoints.enabled")}
          checked={point.enabled}
          disabled={!mayEdit}
          onChange={(event) => set({ nodeId, enabled: event.currentTarget.checked })}
        />
        <MultiSelect
          label={t("entryPoints.methods")}
          data={["GET", "POST"]}
          value={point.allowed_methods}
          disabled={!mayEdit}
          onChange={(methods) => {
            if (methods.length > 0) set({ nodeId, allowed_methods: methods as ("GET" | "POST")[] });
          }}
        />
      </div>
    </section>
  );
}
