// The template of the name that clients see, with what becomes of it for a chosen operator.
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { SidePanel } from "@/ui/SidePanel";
import { NamesFields } from "./NamesFields";
import { isLimit, namesOf, nameValuesOf } from "./names";
import { type Names, useNames, useSaveNames } from "./queries";
import type { Stored } from "./stored";

export function NamesPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("opSettings");
  const query = useNames();
  if (query.data) return <NamesForm stored={query.data} onClose={onClose} />;
  return (
    <SidePanel opened title={t("names.title")} onClose={onClose} size={600}>
      <Loaded query={query}>{() => null}</Loaded>
    </SidePanel>
  );
}

function NamesForm({ stored, onClose }: { stored: Stored<Names>; onClose: () => void }) {
  const { t } = useTranslation(["opSettings", "common"]);
  const mayEdit = useCan()("op_settings.edit");
  const save = useSaveNames(stored.etag);
  const form = useApiForm({
    initial: nameValuesOf(stored.value),
    check: ({ channels }) =>
      Object.values(channels).every(({ limit }) => isLimit(limit))
        ? {}
        : { channels: t("names.badLimit") },
    submit: (values) => save(namesOf(values)),
    onDone: () => {
      showDone(t("common:saved"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={t("names.title")}
      form={form}
      submitLabel={t("common:save")}
      readOnly={!mayEdit}
      onClose={onClose}
    >
      <NamesFields form={form} />
    </FormDrawer>
  );
}
