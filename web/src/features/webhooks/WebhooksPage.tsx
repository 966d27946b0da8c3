// Addresses of other systems that hear of events, and how each does.
import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReplayDialog } from "@/features/deliveries";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone, showProblem } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { useHotkey } from "@/ui/keys/useHotkey";
import { Page } from "@/ui/page/Page";
import { DataTable } from "@/ui/table/DataTable";
import { type Act, useWebhookColumns } from "./columns";
import { EventCatalogue } from "./EventCatalogue";
import { EventUrls } from "./EventUrls";
import {
  useDeleteWebhook,
  usePauseWebhook,
  useResumeWebhook,
  useWebhooks,
  type Webhook,
} from "./queries";
import { ResumeDialog } from "./ResumeDialog";
import { RotateDialog } from "./RotateDialog";
import { TestPanel } from "./TestPanel";
import { Troubles } from "./Troubles";
import { WebhookForm } from "./WebhookForm";

export function WebhooksPage() {
  const { t } = useTranslation(["webhooks", "common"]);
  const can = useCan();
  const mayEdit = can("webhooks.edit");
  const [{ view }, setView] = useUrlFilters<"view">();
  const source = useWebhooks();
  const pause = usePauseWebhook();
  const resume = useResumeWebhook();
  const remove = useDeleteWebhook();
  const [creating, setCreating] = useState(false);
  const [open, setOpen] = useState<{ act: Act; webhook: Webhook } | null>(null);
  const close = () => setOpen(null);
  useHotkey("KeyN", t("add"), () => mayEdit && setCreating(true));

  const toggle = async (webhook: Webhook) => {
    const active = webhook.status === "active";
    if (!active && webhook.waiting > 0) {
      setOpen({ act: "switch", webhook });
      return;
    }
    try {
      await (active ? pause(webhook.id) : resume({ id: webhook.id }));
      showDone(t(active ? "paused" : "resumed", { name: webhook.name }));
    } catch (error) {
      showProblem(error);
    }
  };
  const act = (name: Act, webhook: Webhook) =>
    name === "switch" ? void toggle(webhook) : setOpen({ act: name, webhook });
  const columns = useWebhookColumns(mayEdit ? act : undefined);
  const chosen = open?.webhook;
  const addButton = mayEdit && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setCreating(true)}>
      {t("add")}
    </Button>
  );

  const tabs = (
    <SegmentedControl
      style={{ alignSelf: "flex-start", flexWrap: "wrap", flexShrink: 0, maxWidth: "100%" }}
      aria-label={t("urls.whose")}
      data={[
        { value: "webhooks", label: t("title") },
        { value: "scenarios", label: t("urls.title") },
        { value: "events", label: t("events") },
      ]}
      value={view ?? "webhooks"}
      onChange={(next) => setView({ view: next === "webhooks" ? undefined : next })}
    />
  );
  if (view === "scenarios") {
    return (
      <Page title={t("title")} about={t("urls.about")} layout="fill" tabs={tabs}>
        <EventUrls />
      </Page>
    );
  }
  if (view === "events") {
    return (
      <Page title={t("title")} about={t("catalogue.about")} tabs={tabs}>
        <EventCatalogue />
      </Page>
    );
  }
  return (
    <Page title={t("title")} about={t("about")} layout="fill" actions={addButton} tabs={tabs}>
      <Troubles webhooks={source.rows} onResume={mayEdit ? toggle : undefined} />
      <DataTable<Webhook>
        name="webhooks"
        label={t("title")}
        columns={columns}
        source={source}
        rowId={(webhook) => webhook.id}
        onOpen={mayEdit ? (webhook) => act("edit", webhook) : undefined}
        empty={
          <EmptyState icon="webhook" title={t("empty")} text={t("emptyText")} action={addButton} />
        }
      />
      {creating && <WebhookForm webhook={null} onClose={() => setCreating(false)} />}
      {open?.act === "edit" && chosen && <WebhookForm webhook={chosen} onClose={close} />}
      {open?.act === "test" && chosen && <TestPanel webhook={chosen} onClose={close} />}
      {open?.act === "replay" && chosen && <Replay webhook={chosen} onClose={close} />}
      {open?.act === "switch" && chosen && <ResumeDialog webhook={chosen} onClose={close} />}
      {open?.act === "rotate" && chosen && <RotateDialog webhook={chosen} onClose={close} />}
      <ConfirmDialog
        opened={open?.act === "delete"}
        title={t("delete.title", { name: chosen?.name ?? "" })}
        consequences={[t("delete.waiting", { count: chosen?.waiting ?? 0 }), t("delete.log")]}
        confirmLabel={t("common:delete")}
        danger
        onConfirm={async () => {
          if (chosen) await remove(chosen.id);
        }}
        onClose={close}
      />
    </Page>
  );
}

/** The deliveries of a period, once more, to this webhook alone. */
function Replay({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const endpoint = String(webhook.id);
  return (
    <ReplayDialog
      endpoint={endpoint}
      endpoints={[{ value: endpoint, label: webhook.name }]}
      onClose={onClose}
    />
  );
}
