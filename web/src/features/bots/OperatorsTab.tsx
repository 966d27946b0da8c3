// The topic and the skill group of a bot's chats that have none of their own.
import { Alert, Button, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useGroups } from "@/features/operators";
import { useCan } from "@/features/session";
import { useTopics } from "@/features/topics";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section, SectionActions } from "@/ui/page/Page";
import { type BotOperators, useBotOperators, useSaveBotOperators } from "./botOperators";

export function OperatorsTab({ botId }: { botId: number }) {
  const query = useBotOperators(botId);
  return (
    <Loaded query={query}>
      {({ data, etag }) => <OperatorsForm botId={botId} stored={data} etag={etag} />}
    </Loaded>
  );
}

type Props = { botId: number; stored: BotOperators; etag: string | null };

function OperatorsForm({ botId, stored, etag }: Props) {
  const { t } = useTranslation(["botOperators", "common"]);
  const mayEdit = useCan()("bots.edit");
  const save = useSaveBotOperators(botId, etag);
  const topics = useTopics().data ?? [];
  const groups = useGroups().data ?? [];
  const form = useApiForm({
    initial: { subject_id: stored.subject_id ?? null, group_id: stored.group_id ?? null },
    submit: save,
    onDone: ({ data }) => {
      form.reset({ subject_id: data.subject_id ?? null, group_id: data.group_id ?? null });
      showDone(t("common:saved"));
    },
  });
  const { subject_id, group_id } = form.values;
  const choice = (id: number | null) => (id === null ? null : String(id));
  const chosen = (value: string | null) => (value === null ? null : Number(value));
  return (
    <form onSubmit={form.onSubmit} noValidate>
      {!mayEdit && <Alert color="gray">{t("common:readOnly", { permission: "bots.edit" })}</Alert>}
      <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0 }}>
        <Section title={t("title")} about={t("about")}>
          <Select
            label={t("topic")}
            description={t("topicHint")}
            placeholder={t("noTopic")}
            data={topics
              .filter(({ id, active }) => active || id === subject_id)
              .map(({ id, path, active }) => ({
                value: String(id),
                label: active ? path : t("off", { name: path }),
              }))}
            searchable
            clearable
            clearButtonProps={{ "aria-label": t("clearTopic") }}
            value={choice(subject_id)}
            error={form.errors.subject_id}
            onChange={(value) => form.set("subject_id", chosen(value))}
          />
          <Select
            label={t("group")}
            description={t("groupHint")}
            placeholder={t("everybody")}
            data={groups
              .filter(({ id, active }) => active || id === group_id)
              .map(({ id, name, active }) => ({
                value: String(id),
                label: active ? name : t("off", { name }),
              }))}
            searchable
            clearable
            clearButtonProps={{ "aria-label": t("clearGroup") }}
            value={choice(group_id)}
            error={form.errors.group_id}
            onChange={(value) => form.set("group_id", chosen(value))}
          />
        </Section>
      </fieldset>
      <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
      {mayEdit && (
        <SectionActions>
          <Button type="submit" loading={form.busy} disabled={!form.dirty}>
            {t("common:save")}
          </Button>
        </SectionActions>
      )}
      <UnsavedGuard when={form.dirty} />
    </form>
  );
}
