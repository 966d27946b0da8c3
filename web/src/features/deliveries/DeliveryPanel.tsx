// One delivery: every attempt on a line of time, its body, its answers; sending again.
import { Alert, Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { CopyField } from "@/ui/CopyField";
import { showDone, showProblem } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { prettyJson } from "@/ui/prettyJson";
import { ScrollCode } from "@/ui/ScrollCode";
import { SidePanel } from "@/ui/SidePanel";
import { Attempts } from "./Attempts";
import { kindKey } from "./columns";
import classes from "./Delivery.module.css";
import { NextTry } from "./NextTry";
import { type DeliveryDetail, isOpen, useCancel, useDelivery, useRetry } from "./queries";
import { StatusWord } from "./StatusWord";

type Props = { id: string | null; onClose: () => void };

export function DeliveryPanel({ id, onClose }: Props) {
  const { t } = useTranslation("deliveries");
  const can = useCan();
  const query = useDelivery(id);
  const retry = useRetry();
  const cancel = useCancel();
  const delivery = query.data;
  const run = async (action: (id: string) => Promise<unknown>, done: string) => {
    if (!id) return;
    try {
      await action(id);
      showDone(done);
    } catch (error) {
      showProblem(error);
    }
  };
  const buttons = delivery && can("deliveries.retry") && (
    <>
      {isOpen(delivery) && (
        <Button variant="default" onClick={() => run(cancel, t("cancelled"))}>
          {t("cancel")}
        </Button>
      )}
      <Button leftSection={<Icon name="refresh" />} onClick={() => run(retry, t("retried"))}>
        {isOpen(delivery) ? t("tryNow") : t("sendAgain")}
      </Button>
    </>
  );
  return (
    <SidePanel
      opened={id !== null}
      title={delivery ? <code>{delivery.event_name}</code> : t("one")}
      onClose={onClose}
      footer={buttons}
      size={620}
    >
      {id !== null && <Loaded query={query}>{(shown) => <Detail delivery={shown} />}</Loaded>}
    </SidePanel>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation("deliveries");
  const format = useFormat();
  const facts: [string, React.ReactNode][] = [
    [t("endpoint"), `${delivery.endpoint_name} (${t(kindKey(delivery.kind))})`],
    [t("chat"), delivery.chat_id],
    [t("order"), delivery.sequence],
    [t("created"), format.exact(delivery.created_at)],
    [t("done"), delivery.done_at && format.exact(delivery.done_at)],
    [t("providerId"), delivery.provider_id],
  ];
  return (
    <>
      <Group gap="xs">
        <StatusWord delivery={delivery} />
        {isOpen(delivery) && (
          <span>
            {t("next")}: <NextTry delivery={delivery} />
          </span>
        )}
        {delivery.message_id !== null && delivery.chat_id && (
          <Link to="/dialogs" search={{ q: delivery.chat_id }}>
            {t("toDialog")}
          </Link>
        )}
      </Group>
      {delivery.parked && (
        <Alert color="yellow" icon={<Icon name="alert" />}>
          {t("parked")}
        </Alert>
      )}
      {delivery.endpoint_status !== "active" && (
        <Alert color="yellow" icon={<Icon name="pause" />}>
          {t("endpointStopped")}
        </Alert>
      )}
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== null && value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <CopyField label={t("address")} value={delivery.url} />
      <CopyField label={t("webhookId")} value={delivery.webhook_id} />
      <section>
        <h3 className={classes.title}>{t("attempts")}</h3>
        <Attempts attempts={delivery.attempts} />
      </section>
      <section>
        <h3 className={classes.title}>{t("body")}</h3>
        <ScrollCode className={classes.code}>{prettyJson(delivery.body)}</ScrollCode>
      </section>
    </>
  );
}
