// Hands a request on: to an operator, to the operators of a topic, or back to the bot.
import { Autocomplete, SegmentedControl, Select, Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { useApiForm } from "@/ui/form/useApiForm";
import { type TransferBody, useTransfer } from "../data/actions";
import { useColleagues } from "../data/team";
import { TopicPicker } from "../side/TopicPicker";
import type { Details } from "../types";
import { FormEnd, submitsByKey } from "./FormEnd";

type To = TransferBody["to"];
type Values = {
  to: To;
  operator_id: string | null;
  subject_id: number | null;
  alias: string;
  note: string;
};
type Props = { details: Details; to?: To; onDone: () => void };

function bodyOf({ to, operator_id, subject_id, alias, note }: Values): TransferBody {
  const common = { to, note: note.trim() };
  if (to === "operator")
    return { ...common, operator_id: operator_id ? Number(operator_id) : null };
  if (to === "topic") return { ...common, subject_id };
  return { ...common, alias: alias.trim() || null };
}

export function TransferForm({ details, to = "operator", onDone }: Props) {
  const { t } = useTranslation("panel");
  const { request, aliases } = details;
  const transfer = useTransfer(request.id).mutateAsync;
  const colleagues = useColleagues(request.assignee?.id);
  const initial: Values = { to, operator_id: null, subject_id: null, alias: "", note: "" };
  const form = useApiForm<Values, unknown>({
    initial,
    submit: (values) => transfer(bodyOf(values)),
    onDone: () => {
      showDone(t("transfer.done", { id: request.id }));
      onDone();
    },
    check: (values) => ({
      ...(values.to === "operator" && !values.operator_id
        ? { operator_id: t("transfer.chooseOperator") }
        : {}),
      ...(values.to === "topic" && !values.subject_id
        ? { subject_id: t("transfer.chooseTopic") }
        : {}),
    }),
  });
  const chosen = form.values.to;
  return (
    <form onSubmit={form.onSubmit} onKeyDown={submitsByKey(form.save)} noValidate>
      <Stack gap="sm">
        <SegmentedControl
          fullWidth
          aria-label={t("transfer.to")}
          value={chosen}
          onChange={(value) => form.set("to", value as To)}
          data={(["operator", "topic", "bot"] as const).map((value) => ({
            value,
            label: t(`transfer.${value}`),
          }))}
        />
        {chosen === "operator" && (
          <Select
            label={t("transfer.operator")}
            placeholder={t("transfer.search")}
            searchable
            data={colleagues}
            nothingFoundMessage={t("transfer.noOperator")}
            data-autofocus
            openOnFocus={false}
            {...form.bind("operator_id")}
          />
        )}
        {chosen === "topic" && (
          <TopicPicker handsOn openOnFocus={false} {...form.bind("subject_id")} />
        )}
        {chosen === "bot" && (
          <Autocomplete
            label={t("transfer.alias")}
            description={t("transfer.aliasHint")}
            data={aliases}
            maxLength={128}
            value={form.values.alias}
            error={form.errors.alias}
            onChange={(value) => form.set("alias", value)}
          />
        )}
        <Textarea
          label={t("transfer.note")}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={4000}
          {...form.bindText("note")}
        />
        <FormEnd form={form} label={t("transfer.action")} onCancel={onDone} />
      </Stack>
    </form>
  );
}
