// The rest of a refusal and the buttons below a short form in a dialog.
import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FormProblem } from "@/ui/form/FormProblem";

type Props = {
  form: { failure: unknown; busy: boolean; values: object };
  label: string;
  danger?: boolean;
  onCancel: () => void;
};

export function FormEnd({ form, label, danger, onCancel }: Props) {
  const { t } = useTranslation("ui");
  return (
    <>
      <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button variant="default" disabled={form.busy} onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button type="submit" color={danger ? "red" : undefined} loading={form.busy}>
          {label}
        </Button>
      </Group>
    </>
  );
}

/** Ctrl (or Command) and Enter sends a form from a field of many lines too. */
export function submitsByKey(submit: () => unknown) {
  return (event: {
    key: string;
    ctrlKey: boolean;
    metaKey: boolean;
    preventDefault: () => void;
  }) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };
}
