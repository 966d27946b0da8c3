// Sets a secret's value; nobody can read it back.
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { useApiForm } from "@/ui/form/useApiForm";
import { type Secret, usePutSecret } from "./queries";

const namePattern = /^[A-Z0-9_]{1,64}$/;

export function SecretForm({ secret, onClose }: { secret: Secret | "new"; onClose: () => void }) {
  const { t } = useTranslation(["secrets", "common"]);
  const put = usePutSecret();
  const isNew = secret === "new";
  const form = useApiForm({
    initial: { name: isNew ? "" : secret.name, value: "" },
    // The name goes into the address, so a wrong one would not reach the server's checks.
    check: ({ name }) => (namePattern.test(name) ? {} : { name: t("badName") }),
    submit: put,
    onDone: () => {
      showDone(t("common:saved"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={isNew ? t("add") : t("replaceOf", { name: secret.name })}
      form={form}
      submitLabel={t("common:save")}
      onClose={onClose}
    >
      <TextInput
        label={t("common:name")}
        description={t("nameHint")}
        required
        disabled={!isNew}
        data-autofocus={isNew || undefined}
        {...form.bindText("name")}
      />
      <HiddenInput
        label={t("value")}
        description={t("valueHint")}
        required
        autoComplete="off"
        data-autofocus={isNew ? undefined : true}
        {...form.bindText("value")}
      />
    </FormDrawer>
  );
}
