// Whom the request is with, where he writes from, and his other requests.

import { Alert, Button, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { useCan } from "@/features/session";
import { languageNames } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { Face } from "@/ui/Face";
import { Icon } from "@/ui/Icon";
import { useClientClick } from "../clientClick";
import { useUnblock } from "../data/actions";
import { isState } from "../talk/StatePill";
import type { Details, EarlierRequest } from "../types";
import { ClientRecord } from "./ClientRecord";
import { ClientSource } from "./ClientSource";
import { ClientSubscription } from "./ClientSubscription";
import { Facts } from "./Facts";
import classes from "./Side.module.css";

export function ClientTab({ details }: { details: Details }) {
  const { t } = useTranslation("panel");
  const channelName = useChannelName();
  const clicked = useClientClick();
  const { client, request } = details;
  const language = client.language as keyof typeof languageNames | null;
  return (
    <>
      <div className={classes.who}>
        <Face name={client.name} size={36} />
        {clicked ? (
          <UnstyledButton onClick={() => clicked(client.external_id)}>{client.name}</UnstyledButton>
        ) : (
          client.name
        )}
      </div>
      {request.blocked && <Blocked details={details} />}
      <section className={classes.section}>
        <h3>{t("side.client")}</h3>
        <Facts
          rows={[
            [t("fact.phone"), client.phone],
            [t("fact.email"), client.email],
            [t("fact.username"), client.username],
            [t("fact.language"), language && (languageNames[language] ?? language)],
            [t("fact.externalId"), client.external_id],
            [t("fact.channel"), channelName(client.origin || request.channel)],
            [t("fact.chat"), client.chat_id],
          ]}
        />
        <ClientRecord url={client.record_url} />
      </section>
      <ClientSource source={client.source} />
      <ClientSubscription details={details} />
      <section className={classes.section}>
        <h3>{t("side.earlier")}</h3>
        {client.requests.length === 0
          ? t("side.noEarlier")
          : client.requests.map((one) => <Earlier key={one.id} request={one} />)}
      </section>
    </>
  );
}

function Blocked({ details }: { details: Details }) {
  const { t } = useTranslation("panel");
  const format = useFormat();
  const { client, request } = details;
  const unblock = useUnblock(request.id);
  const can = useCan();
  const until = client.blocked_until;
  return (
    <Alert color="red" icon={<Icon name="ban" />} title={t("block.is")}>
      <div>{client.block_reason}</div>
      {until && <div>{t("block.isUntil", { at: format.dateTime(until) })}</div>}
      {can("clients.edit") && (
        <Button
          mt="xs"
          size="compact-sm"
          variant="default"
          loading={unblock.isPending}
          onClick={() => unblock.mutate()}
        >
          {t("block.undo")}
        </Button>
      )}
    </Alert>
  );
}

function Earlier({ request }: { request: EarlierRequest }) {
  const { t } = useTranslation("panel");
  const format = useFormat();
  const { id, subject, assignee, created_at, state } = request;
  return (
    <Link
      to="/operator_panel/requests/{-$number}"
      params={{ number: String(id) }}
      search={true}
      className={classes.earlier}
    >
      <span>
        #{id} {subject?.name}
        <small>
          {format.date(created_at)}
          {assignee && ` · ${assignee.name}`}
        </small>
      </span>
      <span>{isState(state) ? t(`state.${state}`) : state}</span>
    </Link>
  );
}
