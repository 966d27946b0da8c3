// The frame of a page of rules: loaded, one form, Save on top, nothing lost by leaving.
import { Button } from "@mantine/core";
import type { ComponentProps, FormEventHandler, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { OpSettingsPage } from "@/features/shell";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import classes from "./OpSettings.module.css";

type Name = "closing" | "distribution" | "hotKeys" | "timers";
type LoadedQuery<T> = ComponentProps<typeof Loaded<T>>["query"] & { data?: T };

/** The rules' form as soon as they are there. */
export function RulesPage<T>({
  name,
  query,
  children,
}: {
  name: Name;
  query: LoadedQuery<T>;
  children: (stored: T) => ReactNode;
}) {
  const { t } = useTranslation("opSettings");
  if (query.data) return children(query.data);
  return (
    <OpSettingsPage title={t(`${name}.title`)} about={t(`${name}.about`)}>
      <Loaded query={query}>{() => null}</Loaded>
    </OpSettingsPage>
  );
}

type Form = {
  values: object;
  busy: boolean;
  dirty: boolean;
  failure: ComponentProps<typeof FormProblem>["failure"];
  onSubmit: FormEventHandler;
};

export function RulesForm({
  name,
  form,
  children,
}: {
  name: Name;
  form: Form;
  children: ReactNode;
}) {
  const { t } = useTranslation(["opSettings", "common"]);
  const mayEdit = useCan()("op_settings.edit");
  const formId = `${name}-rules`;
  return (
    <OpSettingsPage
      title={t(`${name}.title`)}
      about={t(`${name}.about`)}
      actions={
        mayEdit && (
          <Button type="submit" form={formId} loading={form.busy} disabled={!form.dirty}>
            {t("common:save")}
          </Button>
        )
      }
    >
      <form id={formId} onSubmit={form.onSubmit} noValidate>
        <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
        <fieldset disabled={!mayEdit} className={classes.whole}>
          {children}
        </fieldset>
      </form>
      <UnsavedGuard when={form.dirty} />
    </OpSettingsPage>
  );
}
