// In place of the composer of a closed request: what can be done with the client now.
import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReopen } from "../data/actions";
import { NewChatDialog } from "../outbound/NewChatDialog";
import { type Addressee, useMayBegin } from "../outbound/queries";
import type { Details } from "../types";
import classes from "./Composer.module.css";

export function Closed({ details }: { details: Details }) {
  const { t } = useTranslation(["panel", "panelOutbound"]);
  const { request, client, may } = details;
  const reopen = useReopen(request.id);
  const goesOn = client.requests.find(({ state }) => state !== "closed");
  return (
    <div className={classes.closed}>
      {t("panel:talk.closed")}
      <Group gap="xs">
        {goesOn ? (
          <Link
            to="/operator_panel/requests/{-$number}"
            params={{ number: String(goesOn.id) }}
            search={true}
          >
            {t("panelOutbound:goesOn", { id: goesOn.id })}
          </Link>
        ) : (
          <NewOne details={details} />
        )}
        {may.includes("reopen") && (
          <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
            {t("panel:reopen")}
          </Button>
        )}
      </Group>
    </div>
  );
}

function NewOne({ details }: { details: Details }) {
  const { t } = useTranslation("panelOutbound");
  const [opened, setOpened] = useState(false);
  if (!useMayBegin()) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t("open")}
      </Button>
      <NewChatDialog opened={opened} to={contactOf(details)} onClose={() => setOpened(false)} />
    </>
  );
}

/** The contact of the closed chat; what speaks against writing there is said by the server. */
function contactOf({ request, client }: Details): Addressee {
  const { bot_id, channel } = request;
  const { id, contact_id, name, phone, username, chat_id } = client;
  const place = { bot_id, bot_name: "", channel, chat_id };
  return {
    contact_id,
    client_id: id,
    name,
    phone,
    username,
    ...place,
    refusal: null,
    request_id: null,
  };
}
