// The rules of signing in: passwords, locks, sessions, second factor, networks.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/problem";
import { useCan } from "@/features/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { Page, SectionActions } from "@/ui/page/Page";
import { Networks } from "./Networks";
import { type Stored, useRules, useSaveRules } from "./queries";
import { LockRules, PasswordRules, SecondFactorRules, SessionRules } from "./sections";
import { bounds, changeOf, outOfBounds, valuesOf } from "./values";

export function SecurityPage() {
  const { t } = useTranslation("security");
  const query = useRules();
  return (
    <Page title={t("title")} about={t("about")}>
      <Loaded query={query} rows={8}>
        {(stored) => <RulesEditor stored={stored} />}
      </Loaded>
    </Page>
  );
}

function RulesEditor({ stored }: { stored: Stored }) {
  const { t } = useTranslation(["security", "common"]);
  const mayEdit = useCan()("auth.edit");
  const save = useSaveRules(stored.etag);
  const [shutsOut, setShutsOut] = useState<string | null>(null);
  const saved = (now: Stored) => {
    form.reset(valuesOf(now.rules));
    showDone(t("common:saved"));
  };
  const form = useApiForm({
    initial: valuesOf(stored.rules),
    check: (values) =>
      Object.fromEntries(
        outOfBounds(values).map((rule) => {
          const [low, high] = bounds[rule];
          return [rule, t("between", { low, high })];
        }),
      ),
    submit: async (values) => {
      try {
        return await save(changeOf(values));
      } catch (error) {
        if (!(error instanceof ApiError && error.code === "networks_exclude_you")) throw error;
        setShutsOut(error.message);
        return null;
      }
    },
    onDone: (now) => now && saved(now),
  });
  const sure = async () => saved(await save({ ...changeOf(form.values), confirm: true }));
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <PasswordRules form={form} />
        <LockRules form={form} />
        <SessionRules form={form} />
        <SecondFactorRules form={form} />
        <Networks form={form} />
      </fieldset>
      <SectionActions>
        <FormProblem failure={form.failure} shownFields={["networks"]} />
        {mayEdit && (
          <Button type="submit" loading={form.busy} disabled={!form.dirty}>
            {t("common:save")}
          </Button>
        )}
      </SectionActions>
      <UnsavedGuard when={form.dirty} />
      <ConfirmDialog
        opened={shutsOut !== null}
        title={t("networks.shutsOut")}
        confirmLabel={t("networks.saveAnyway")}
        danger
        onConfirm={sure}
        onClose={() => setShutsOut(null)}
      >
        {shutsOut}
      </ConfirmDialog>
    </form>
  );
}
