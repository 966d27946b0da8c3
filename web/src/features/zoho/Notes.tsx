// Notes about closed chats: those that wait, were sent, or could not be.
import { Menu, NativeSelect } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { showDone, showProblem } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { type Note, useNotes, useRetryNote } from "./queries";

type Status = "waiting" | "sent" | "failed";
const tones: Record<Status, Tone> = { waiting: "info", sent: "ok", failed: "bad" };

export function Notes({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useTranslation(["zoho", "common"]);
  const [status, setStatus] = useState<Status | "">("");
  const source = useNotes(status || undefined);
  const retry = useRetryNote();

  const columns = useMemo<Column<Note>[]>(() => {
    const again = async (note: Note) => {
      try {
        await retry(note.id);
        showDone(t("notes.again"));
      } catch (error) {
        showProblem(error);
      }
    };
    const list: Column<Note>[] = [
      {
        id: "request",
        header: t("notes.chat"),
        fixed: true,
        cell: (note) => (
          <a href={`/operator_panel/requests/${note.request_id}`}>#{note.request_id}</a>
        ),
      },
      {
        id: "status",
        header: t("common:status"),
        width: 150,
        rigid: true,
        cell: (note) => (
          <StatusBadge tone={tones[note.status as Status]}>
            {t(`notes.status.${note.status as Status}`)}
          </StatusBadge>
        ),
      },
      { id: "about", header: t("notes.about"), cell: (note) => <About note={note} /> },
      {
        id: "at",
        header: t("notes.at"),
        width: 170,
        cell: (note) => <RelativeTime at={note.sent_at ?? note.created_at} />,
      },
    ];
    const menu = (note: Note) =>
      note.status === "sent" ? null : (
        <RowMenu name={`#${note.request_id}`}>
          <Menu.Item leftSection={<Icon name="send" />} onClick={() => void again(note)}>
            {t("notes.retry")}
          </Menu.Item>
        </RowMenu>
      );
    if (mayEdit) {
      list.push({ id: "menu", header: "", width: 56, fixed: true, align: "end", cell: menu });
    }
    return list;
  }, [t, mayEdit, retry]);

  const statuses = ["waiting", "sent", "failed"] as const;
  return (
    <section aria-label={t("notes.title")} style={{ marginTop: "2rem" }}>
      <h2>{t("notes.title")}</h2>
      <DataTable
        name="zoho-notes"
        label={t("notes.title")}
        columns={columns}
        source={source}
        rowId={({ id }) => id}
        toolbar={
          <NativeSelect
            aria-label={t("common:status")}
            data={[
              { value: "", label: t("common:all") },
              ...statuses.map((value) => ({ value, label: t(`notes.status.${value}`) })),
            ]}
            value={status}
            onChange={(event) => setStatus(event.currentTarget.value as Status | "")}
          />
        }
        empty={<EmptyState icon="list" title={t("notes.empty")} text={t("notes.emptyText")} />}
      />
    </section>
  );
}

function About({ note }: { note: Note }) {
  const { t } = useTranslation("zoho");
  const missing =
    note.missing.length > 0 && t("notes.missing", { fields: note.missing.join(", ") });
  return <TwoLines main={note.error ?? note.title} sub={missing || undefined} />;
}
