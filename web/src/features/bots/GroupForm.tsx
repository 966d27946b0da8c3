// Adds a group of bots or gives it another name or colour.
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ColorPicker } from "@/ui/color/ColorPicker";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { type BotGroup, useChangeGroup, useCreateGroup } from "./groups";

export function GroupForm({ group, onClose }: { group: BotGroup | null; onClose: () => void }) {
  const { t } = useTranslation(["botGroups", "common"]);
  const create = useCreateGroup();
  const change = useChangeGroup();
  const form = useApiForm({
    initial: { name: group?.name ?? "", color: group?.color || "gray" },
    submit: (values) => (group ? change({ id: group.id, ...values }) : create(values)),
    onDone: () => {
      showDone(group ? t("common:saved") : t("added"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={group ? group.name : t("add")}
      form={form}
      submitLabel={group ? t("common:save") : t("add")}
      onClose={onClose}
    >
      <TextInput
        label={t("common:name")}
        required
        maxLength={100}
        data-autofocus
        {...form.bindText("name")}
      />
      <ColorPicker label={t("color")} {...form.bind("color")} />
    </FormDrawer>
  );
}
