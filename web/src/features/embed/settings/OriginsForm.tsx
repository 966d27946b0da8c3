// The list of origins, looked at while it is typed.
import { Button, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section, SectionActions } from "@/ui/page/Page";
import { firstFault, linesOf } from "./originLines";
import { usePutOrigins } from "./queries";

export function OriginsForm({ origins, mayEdit }: { origins: string[]; mayEdit: boolean }) {
  const { t } = useTranslation(["embed", "common"]);
  const put = usePutOrigins();
  const form = useApiForm({
    initial: { origins: origins.join("\n") },
    submit: (values) => put(linesOf(values.origins)),
    onDone: () => showDone(t("common:saved")),
  });
  const found = firstFault(form.values.origins);
  const fault = found && t(`embed:${found.fault}`, { line: found.line });
  const bound = form.bindText("origins");
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Section title={t("embed:origins")} about={t("embed:originsAbout")}>
        <Textarea
          label={t("embed:originsLabel")}
          description={t("embed:originsHint")}
          autosize
          minRows={3}
          maxRows={12}
          spellCheck={false}
          readOnly={!mayEdit}
          {...bound}
          error={fault ?? bound.error}
        />
        <FormProblem failure={form.failure} shownFields={["origins"]} />
      </Section>
      {mayEdit && (
        <SectionActions>
          <Button type="submit" loading={form.busy} disabled={fault !== null || !form.dirty}>
            {t("common:save")}
          </Button>
        </SectionActions>
      )}
    </form>
  );
}
