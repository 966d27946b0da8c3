// What this instance is called: for root administrators.
import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { Page, Section, SectionActions } from "@/ui/page/Page";
import { type Stored, useInstance, useSaveInstance } from "./queries";

export function InstancePage() {
  const { t } = useTranslation("instance");
  const query = useInstance();
  return (
    <Page title={t("title")} about={t("about")}>
      <Loaded query={query} rows={3}>
        {(stored) => <NameForm stored={stored} />}
      </Loaded>
    </Page>
  );
}

function NameForm({ stored }: { stored: Stored }) {
  const { t } = useTranslation(["instance", "common"]);
  const save = useSaveInstance(stored.etag);
  const form = useApiForm({
    initial: { project_name: stored.name },
    submit: ({ project_name }) => save(project_name),
    onDone: (saved) => {
      form.reset({ project_name: saved.name });
      showDone(t("common:saved"));
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Section title={t("called")} about={t("calledAbout")}>
        <TextInput
          label={t("name")}
          description={t("nameHint")}
          {...form.bindText("project_name")}
        />
      </Section>
      <SectionActions>
        <FormProblem failure={form.failure} shownFields={["project_name"]} />
        <Button type="submit" loading={form.busy} disabled={!form.dirty}>
          {t("common:save")}
        </Button>
      </SectionActions>
      <UnsavedGuard when={form.dirty} />
    </form>
  );
}
