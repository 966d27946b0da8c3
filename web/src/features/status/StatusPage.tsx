// How the instance does: checks, failed jobs, mails, version.
import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { Loaded } from "@/ui/feedback/States";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Page } from "@/ui/page/Page";
import { StatusBadge } from "@/ui/StatusBadge";
import { Checks } from "./Checks";
import { FailedJobs } from "./FailedJobs";
import { LogTail } from "./LogTail";
import { Mails } from "./Mails";
import { type Status, useFailedJobs, useStatus } from "./queries";
import classes from "./Status.module.css";
import { stateKey, tones } from "./state";
import { Troubles } from "./Troubles";

export function StatusPage() {
  const { t } = useTranslation("status");
  const [{ tab = "checks" }, setSearch] = useUrlFilters<"tab">();
  const query = useStatus();
  const jobs = useFailedJobs();
  const mayHelp = useCan()("status.diagnostics");
  const state = query.data && stateKey(query.data.state);
  return (
    <Page
      title={t("title")}
      about={t("about")}
      badge={
        state && <StatusBadge tone={tones[state] ?? "idle"}>{t(`state.${state}`)}</StatusBadge>
      }
    >
      <Loaded query={query}>
        {(status) => (
          <>
            <Facts status={status} />
            <Tabs
              keepMounted={false}
              value={tab}
              onChange={(value) => setSearch({ tab: value ?? undefined })}
            >
              <Tabs.List>
                <Tabs.Tab value="checks">{t("checks.title")}</Tabs.Tab>
                <Tabs.Tab value="jobs">
                  {jobs.rows.length > 0
                    ? t("jobs.titleCount", { total: jobs.rows.length })
                    : t("jobs.title")}
                </Tabs.Tab>
                <Tabs.Tab value="mails">{t("mails.title")}</Tabs.Tab>
                {mayHelp && <Tabs.Tab value="log">{t("log.title")}</Tabs.Tab>}
              </Tabs.List>
              <Tabs.Panel value="checks" pt="md">
                <Troubles checks={status.checks} />
                <Checks checks={status.checks} />
              </Tabs.Panel>
              <Tabs.Panel value="jobs" pt="md">
                <FailedJobs source={jobs} />
              </Tabs.Panel>
              <Tabs.Panel value="mails" pt="md">
                <Mails />
              </Tabs.Panel>
              {mayHelp && (
                <Tabs.Panel value="log" pt="md">
                  <LogTail />
                </Tabs.Panel>
              )}
            </Tabs>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Facts({ status }: { status: Status }) {
  const { t } = useTranslation("status");
  const format = useFormat();
  const facts = [
    {
      label: t("facts.version"),
      value: [status.version, status.commit].filter(Boolean).join(" · "),
    },
    { label: t("facts.uptime"), value: format.duration(status.uptime_s * 1000) },
    { label: t("facts.started"), value: format.dateTime(status.started_at) },
    { label: t("facts.instance"), value: status.instance?.id ?? "–" },
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
