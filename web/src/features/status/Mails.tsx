// Mails that went out, or wait because no mail server is set.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/ui/feedback/States";
import { RelativeTime } from "@/ui/RelativeTime";
import { SidePanel } from "@/ui/SidePanel";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { TwoLines } from "@/ui/TwoLines";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/DataTable";
import { type Mail, useMails } from "./queries";
import classes from "./Status.module.css";

function MailState({ mail }: { mail: Mail }) {
  const { t } = useTranslation("status");
  const [tone, label]: [Tone, string] = mail.sent_at
    ? ["ok", t("mails.sent")]
    : mail.error
      ? ["bad", t("mails.failed")]
      : ["idle", t("mails.kept")];
  return (
    <StatusBadge tone={tone} hint={mail.error ?? undefined}>
      {label}
    </StatusBadge>
  );
}

export function Mails() {
  const { t } = useTranslation("status");
  const source = useMails();
  const [opened, setOpened] = useState<Mail | null>(null);
  const columns: Column<Mail>[] = [
    {
      id: "subject",
      header: t("mails.subject"),
      fixed: true,
      cell: (mail) => <TwoLines main={mail.subject} sub={mail.to} />,
    },
    {
      id: "state",
      header: t("mails.state"),
      width: 160,
      cell: (mail) => <MailState mail={mail} />,
    },
    {
      id: "at",
      header: t("mails.at"),
      width: 160,
      cell: (mail) => <RelativeTime at={mail.created_at} />,
    },
  ];
  return (
    <>
      <DataTable
        name="mails"
        label={t("mails.title")}
        columns={columns}
        source={source}
        rowId={(mail) => mail.id}
        onOpen={setOpened}
        empty={<EmptyState icon="inbox" title={t("mails.none")} text={t("mails.noneText")} />}
      />
      <SidePanel
        opened={opened !== null}
        title={opened?.subject ?? ""}
        onClose={() => setOpened(null)}
      >
        <span>{opened?.to}</span>
        <pre className={classes.mail}>{opened?.text}</pre>
      </SidePanel>
    </>
  );
}
