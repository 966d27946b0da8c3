// A form in a side panel: fields, the server's field errors, Save, and a guard for changes.
import { Button } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../ConfirmDialog";
import { SidePanel } from "../SidePanel";
import { FormProblem } from "./FormProblem";
import { UnsavedGuard } from "./UnsavedGuard";

type FormState = {
  failure: unknown;
  busy: boolean;
  dirty: boolean;
  values: object;
  onSubmit: (event: { preventDefault: () => void }) => void;
};

type Props = {
  opened: boolean;
  title: string;
  form: FormState;
  submitLabel: string;
  onClose: () => void;
  children: ReactNode;
  /** Only looked at: whoever opened it may not change it. */
  readOnly?: boolean;
  /** After success, what the answer shows once (a secret); replaces the form's buttons. */
  done?: ReactNode;
};

export function FormDrawer(props: Props) {
  const { opened, title, form, submitLabel, onClose, children, readOnly, done } = props;
  const { t } = useTranslation("ui");
  const id = useId();
  const [asking, setAsking] = useState(false);
  const unsaved = opened && form.dirty && !done;
  const leave = () => (unsaved ? setAsking(true) : onClose());

  const buttons = done ? (
    <Button onClick={onClose}>{t("done")}</Button>
  ) : (
    <>
      <Button variant="default" onClick={leave}>
        {t("cancel")}
      </Button>
      {!readOnly && (
        <Button type="submit" form={id} loading={form.busy}>
          {submitLabel}
        </Button>
      )}
    </>
  );

  return (
    <>
      <SidePanel opened={opened} title={title} onClose={leave} footer={buttons}>
        {done ?? (
          <form id={id} onSubmit={form.onSubmit} noValidate style={{ display: "contents" }}>
            <fieldset disabled={readOnly} style={{ display: "contents" }}>
              {children}
            </fieldset>
            <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
          </form>
        )}
      </SidePanel>
      <UnsavedGuard when={unsaved} />
      <ConfirmDialog
        opened={asking}
        title={t("unsaved.title")}
        confirmLabel={t("unsaved.leave")}
        danger
        onClose={() => setAsking(false)}
        onConfirm={async () => onClose()}
      >
        {t("unsaved.text")}
      </ConfirmDialog>
    </>
  );
}
