// A few words to one operator: he sees them at once, or when he comes back.
import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { type Operator, useMessage } from "./queries";

const longest = 500;

type Props = { operator: Operator; onClose: () => void };

export function MessageForm({ operator, onClose }: Props) {
  const { t } = useTranslation("operators");
  const message = useMessage();
  const { name } = operator;
  const form = useApiForm({
    initial: { text: "" },
    check: ({ text }) => ({ ...(!text.trim() && { text: t("message.empty") }) }),
    submit: ({ text }) => message({ id: operator.user_id, text }),
    onDone: () => {
      showDone(t("message.sent", { name }));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={t("message.title", { name })}
      form={form}
      submitLabel={t("message.send")}
      onClose={onClose}
    >
      <Textarea
        label={t("message.text")}
        description={t("message.hint")}
        required
        autosize
        minRows={3}
        maxRows={10}
        maxLength={longest}
        data-autofocus
        {...form.bindText("text")}
      />
    </FormDrawer>
  );
}
