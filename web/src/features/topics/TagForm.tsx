// Adds a tag or gives it another name or colour.
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ColorPicker } from "@/ui/color/ColorPicker";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { type Tag, useChangeTag, useCreateTag } from "./queries";

export function TagForm({ tag, onClose }: { tag: Tag | null; onClose: () => void }) {
  const { t } = useTranslation(["topics", "common"]);
  const create = useCreateTag();
  const change = useChangeTag();
  const form = useApiForm({
    initial: { name: tag?.name ?? "", color: tag?.color || "gray" },
    submit: (values) => (tag ? change({ id: tag.id, ...values }) : create(values)),
    onDone: () => {
      showDone(tag ? t("common:saved") : t("tag.added"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={tag ? tag.name : t("tag.add")}
      form={form}
      submitLabel={tag ? t("common:save") : t("tag.add")}
      onClose={onClose}
    >
      <TextInput
        label={t("common:name")}
        description={t("tag.nameHint")}
        required
        maxLength={50}
        data-autofocus
        {...form.bindText("name")}
      />
      <ColorPicker label={t("color")} {...form.bind("color")} />
    </FormDrawer>
  );
}
