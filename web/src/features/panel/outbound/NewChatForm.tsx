// The first words to a client: to whom, about what, and the text.
import { Alert, Button, Stack, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useApiForm } from "@/ui/form/useApiForm";
import { FormEnd, submitsByKey } from "../asking/FormEnd";
import { TopicPicker } from "../side/TopicPicker";
import { AddresseeSelect } from "./AddresseeSelect";
import { type Addressee, useStartChat } from "./queries";

type Values = { contact_id: Addressee | null; subject_id: number | null; text: string };

/** `to`, `text`: whom it is opened for, and what is to be said. */
type Props = { to?: Addressee; text?: string; topicRequired: boolean; onDone: () => void };

export function NewChatForm({ to, text = "", topicRequired, onDone }: Props) {
  const { t } = useTranslation("panelOutbound");
  const start = useStartChat();
  const navigate = useNavigate();
  const open = (number: number) => {
    onDone();
    return navigate({
      to: "/operator_panel/requests/{-$number}",
      params: { number: String(number) },
      search: true,
    });
  };
  const initial: Values = { contact_id: to ?? null, subject_id: null, text };
  const form = useApiForm({
    initial,
    check: ({ contact_id, text }: Values) => ({
      ...(contact_id ? {} : { contact_id: t("chooseClient") }),
      ...(text.trim() ? {} : { text: t("writeText") }),
    }),
    submit: ({ contact_id, subject_id, text }: Values) =>
      start({ contact_id: contact_id?.contact_id, subject_id, text }),
    onDone: ({ id }) => void open(id),
  });
  const going = form.values.contact_id?.request_id;
  return (
    <form onSubmit={form.onSubmit} onKeyDown={submitsByKey(form.save)} noValidate>
      <Stack gap="sm">
        <AddresseeSelect {...form.bind("contact_id")} data-autofocus={to ? undefined : true} />
        {going ? (
          <Alert color="blue" title={t("goesOn", { id: going })}>
            <Button variant="default" mt={6} onClick={() => open(going)}>
              {t("openChat", { id: going })}
            </Button>
          </Alert>
        ) : (
          <>
            <TopicPicker
              {...form.bind("subject_id")}
              openOnFocus={false}
              required={topicRequired}
            />
            <Textarea
              label={t("text")}
              data-autofocus={to ? true : undefined}
              required
              autosize
              minRows={4}
              maxRows={10}
              maxLength={20_000}
              {...form.bindText("text")}
            />
            <FormEnd form={form} label={t("send")} onCancel={onDone} />
          </>
        )}
      </Stack>
    </form>
  );
}
