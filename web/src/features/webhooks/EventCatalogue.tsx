// Every event that can be heard, with a body as it comes, and the schema that all bodies share.
import { Button, CopyButton, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { ScrollCode } from "@/ui/ScrollCode";
import classes from "./EventCatalogue.module.css";
import { type EventDescribed, useCatalogue } from "./queries";
import { useGroupName } from "./useGroupName";

export function EventCatalogue() {
  const { t } = useTranslation("webhooks");
  const query = useCatalogue();
  const groupName = useGroupName();
  const [wanted, setWanted] = useState("");
  const [isSchema, setIsSchema] = useState(false);
  const word = wanted.trim().toLowerCase();
  return (
    <Loaded query={query}>
      {({ items, body_schema }) => {
        const found = items.filter(({ event_name, description }) =>
          `${event_name} ${description}`.toLowerCase().includes(word),
        );
        return (
          <div className={classes.page}>
            <Group gap="xs">
              <TextInput
                aria-label={t("events")}
                placeholder={t("catalogue.search")}
                leftSection={<Icon name="search" size={14} />}
                value={wanted}
                onChange={(event) => setWanted(event.currentTarget.value)}
              />
              <Button
                variant="default"
                aria-expanded={isSchema}
                leftSection={<Icon name="code" />}
                onClick={() => setIsSchema(!isSchema)}
              >
                {t("catalogue.schema")}
              </Button>
            </Group>
            {isSchema && <Copyable text={JSON.stringify(body_schema, null, 2)} />}
            {found.length === 0 && (
              <EmptyState
                icon="search"
                title={t("catalogue.nothing")}
                text={t("catalogue.nothingText")}
              />
            )}
            {[...Map.groupBy(found, ({ group }) => group)].map(([group, events]) => (
              <section key={group} aria-label={groupName(group)}>
                <h2 className={classes.group}>{groupName(group)}</h2>
                <ul className={classes.events}>
                  {events.map((event) => (
                    <OneEvent key={event.event_name} event={event} />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}

function OneEvent({ event }: { event: EventDescribed }) {
  const { t } = useTranslation("webhooks");
  const [shown, setShown] = useState(false);
  return (
    <li>
      <div className={classes.head}>
        <code>{event.event_name}</code>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={shown}
          aria-label={t("sampleOf", { name: event.event_name })}
          onClick={() => setShown(!shown)}
        >
          {t("sample")}
        </Button>
      </div>
      <p>{event.description}</p>
      {shown && <Copyable text={JSON.stringify(event.sample, null, 2)} />}
    </li>
  );
}

function Copyable({ text }: { text: string }) {
  const { t } = useTranslation("webhooks");
  return (
    <div className={classes.copyable}>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Icon name={copied ? "check" : "copy"} size={12} />}
            onClick={copy}
          >
            {t(copied ? "catalogue.copied" : "catalogue.copy")}
          </Button>
        )}
      </CopyButton>
      <ScrollCode className={classes.code}>{text}</ScrollCode>
    </div>
  );
}
