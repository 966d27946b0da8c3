// Asks to whom a message goes on; everything by the keyboard: words, arrows, Enter, Enter.
import { Alert, Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannelName } from "@/features/channels";
import { problemText } from "@/ui/feedback/notify";
import { wordsOf } from "../../logic/wording";
import type { Message } from "../../types";
import classes from "./Forward.module.css";
import { useForward } from "./useForward";
import { type Target, useTargets } from "./useTargets";

const typingMs = 250;

type Props = { request: number; message: Message | null; onClose: () => void };

export function ForwardDialog({ request, message, onClose }: Props) {
  const { t } = useTranslation(["panelTalk", "ui"]);
  return (
    <Modal
      opened={message !== null}
      onClose={onClose}
      title={t("panelTalk:forward.title")}
      closeButtonProps={{ "aria-label": t("ui:close") }}
    >
      {message && <ForwardForm request={request} message={message} onClose={onClose} />}
    </Modal>
  );
}

function ForwardForm({ request, message, onClose }: Props & { message: Message }) {
  const { t } = useTranslation(["panelTalk", "ui"]);
  const navigate = useNavigate();
  const forward = useForward(request);
  const [to, setTo] = useState<Target | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!to || forward.isPending) return;
    const onSuccess = (number: number) => {
      onClose();
      void navigate({
        to: "/operator_panel/requests/{-$number}",
        params: { number: String(number) },
        search: true,
      });
    };
    forward.mutate({ message, to }, { onSuccess });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {message.text && <q className={classes.words}>{wordsOf(message)}</q>}
        <TargetSelect request={request} value={to} onChange={setTo} />
        {forward.error && <Alert color="red">{problemText(forward.error)}</Alert>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("ui:cancel")}
          </Button>
          <Button type="submit" disabled={!to} loading={forward.isPending}>
            {t("panelTalk:message.forward")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type SelectProps = {
  request: number;
  value: Target | null;
  onChange: (to: Target | null) => void;
};

function TargetSelect({ request, value, onChange }: SelectProps) {
  const { t } = useTranslation("panelTalk");
  const channelName = useChannelName();
  const [typed, setTyped] = useState("");
  const [words] = useDebouncedValue(value && typed === value.name ? "" : typed.trim(), typingMs);
  const { targets, isLooking } = useTargets(words, request);
  const all =
    value && !targets.some(({ key }) => key === value.key) ? [value, ...targets] : targets;
  const byKey = new Map(all.map((one) => [one.key, one]));
  const place = ({ requestId, channel }: Target) =>
    [requestId ? `#${requestId}` : t("forward.newChat"), channelName(channel)].join(" · ");
  return (
    <Select
      label={t("forward.to")}
      placeholder={t("forward.hint")}
      data-autofocus
      searchable
      data={all.map(({ key, name }) => ({ value: key, label: name }))}
      // the server has looked already
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value?.key ?? null}
      onChange={(key) => onChange((key && byKey.get(key)) || null)}
      nothingFoundMessage={t(isLooking ? "forward.looking" : "forward.nobody")}
      renderOption={({ option }) => {
        const one = byKey.get(option.value);
        return (
          <span className={classes.option}>
            <span>{option.label}</span>
            {one && <small>{place(one)}</small>}
          </span>
        );
      }}
    />
  );
}
