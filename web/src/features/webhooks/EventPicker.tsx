// Which events a webhook hears: all, or chosen ones by group, each with a sample body.
import { Button, Checkbox, Input, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorState, LoadingLines } from "@/ui/feedback/States";
import classes from "./EventPicker.module.css";
import { type EventDescribed, useCatalogue } from "./queries";
import { useGroupName } from "./useGroupName";

type Props = {
  value: string[];
  onChange: (events: string[]) => void;
  error: string | undefined;
};

export function EventPicker({ value, onChange, error }: Props) {
  const { t } = useTranslation("webhooks");
  const query = useCatalogue();
  const groupName = useGroupName();
  const all = value.includes("*");
  const items = query.data?.items;
  const byGroup = useMemo(() => Map.groupBy(items ?? [], ({ group }) => group), [items]);
  const toggle = (name: string, on: boolean) =>
    onChange(on ? [...value, name] : value.filter((one) => one !== name));

  return (
    <Input.Wrapper label={t("events")} error={error} labelElement="div">
      <Switch
        my={8}
        label={t("allEvents")}
        description={t("allEventsHint")}
        checked={all}
        onChange={(event) => onChange(event.currentTarget.checked ? ["*"] : [])}
      />
      {query.isError && <ErrorState error={query.error} onRetry={query.refetch} />}
      {query.isPending && <LoadingLines rows={3} />}
      {!all &&
        [...byGroup].map(([group, events]) => {
          return (
            <fieldset key={group} className={classes.group}>
              <legend>{groupName(group)}</legend>
              {events.map((event) => (
                <OneEvent
                  key={event.event_name}
                  event={event}
                  checked={value.includes(event.event_name)}
                  onChange={(on) => toggle(event.event_name, on)}
                />
              ))}
            </fieldset>
          );
        })}
    </Input.Wrapper>
  );
}

type OneProps = { event: EventDescribed; checked: boolean; onChange: (on: boolean) => void };

function OneEvent({ event, checked, onChange }: OneProps) {
  const { t } = useTranslation("webhooks");
  const [shown, setShown] = useState(false);
  return (
    <>
      <div className={classes.event}>
        <Checkbox
          label={<code>{event.event_name}</code>}
          description={event.description}
          checked={checked}
          onChange={(change) => onChange(change.currentTarget.checked)}
        />
        <Button
          size="compact-xs"
          flex="none"
          variant="subtle"
          aria-expanded={shown}
          aria-label={t("sampleOf", { name: event.event_name })}
          onClick={() => setShown(!shown)}
        >
          {t("sample")}
        </Button>
      </div>
      {shown && <pre className={classes.sample}>{JSON.stringify(event.sample, null, 2)}</pre>}
    </>
  );
}
