// Where AI agents connect, which tools they get, and which scenarios are offered to them.
import { Button, SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BackToIntegrations } from "@/features/integrations";
import { useCan } from "@/features/session";
import { AppLink } from "@/ui/AppLink";
import { CopyField } from "@/ui/CopyField";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { Page, Section } from "@/ui/page/Page";
import { StatusBadge } from "@/ui/StatusBadge";
import classes from "./Agents.module.css";
import { type Scenario, type Tool, useAgents } from "./queries";
import { type Client, clients, settingsFor } from "./settings";

export function AgentsPage() {
  const { t } = useTranslation("agents");
  const can = useCan();
  const query = useAgents();
  return (
    <Page
      title={t("title")}
      about={t("about")}
      back={<BackToIntegrations />}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<Icon name="book" />}
            renderRoot={(props) => <AppLink to="/docs/guide/integrations/mcp/" {...props} />}
          >
            {t("guide")}
          </Button>
          {can("keys.edit") && (
            <Button
              leftSection={<Icon name="key" />}
              renderRoot={(props) => <AppLink to="/keys" {...props} />}
            >
              {t("makeKey")}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={query} rows={6}>
        {({ url, tools, scenarios }) => (
          <>
            <Connect url={url} />
            <Scenarios scenarios={scenarios} />
            <Tools tools={tools} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Connect({ url }: { url: string }) {
  const { t } = useTranslation("agents");
  const [client, setClient] = useState<Client>("http");
  return (
    <Section title={t("connect.title")} about={t("connect.about")}>
      <CopyField label={t("connect.address")} value={url} />
      <SegmentedControl
        className={classes.clients}
        aria-label={t("connect.client")}
        data={clients.map((value) => ({ value, label: t(`connect.clients.${value}`) }))}
        value={client}
        onChange={(next) => setClient(next as Client)}
      />
      <CopyField label={t("connect.settings")} value={settingsFor(client, url)} block />
    </Section>
  );
}

function Scenarios({ scenarios }: { scenarios: Scenario[] }) {
  const { t } = useTranslation("agents");
  return (
    <Section title={t("scenarios.title")} about={t("scenarios.about")}>
      {scenarios.length === 0 ? (
        <EmptyState icon="flow" title={t("scenarios.none")} text={t("scenarios.noneText")} />
      ) : (
        <ul className={classes.list} aria-label={t("scenarios.title")}>
          {scenarios.map((one) => (
            <li key={one.tool} className={classes.item}>
              <code>{one.tool}</code>
              <Text size="sm">{one.description}</Text>
              <AppLink to={`/dialog/bot-scenario/${one.bot_id}?node=${one.node_id}`}>
                {t("scenarios.open", { bot: one.bot_name, name: one.title || one.node_id })}
              </AppLink>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Tools({ tools }: { tools: Tool[] }) {
  const { t } = useTranslation("agents");
  return (
    <Section title={t("tools.title")} about={t("tools.about")}>
      <ul className={classes.list} aria-label={t("tools.title")}>
        {tools.map((tool) => (
          <li key={tool.name} className={classes.item}>
            <span className={classes.head}>
              <code>{tool.name}</code>
              <StatusBadge tone={tool.changes ? "warn" : "ok"}>
                {tool.changes ? t("tools.changes") : t("tools.reads")}
              </StatusBadge>
              <code className={classes.scope}>{tool.scope}</code>
            </span>
            <Text size="sm">{tool.description}</Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
