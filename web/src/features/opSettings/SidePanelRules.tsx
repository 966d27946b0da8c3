// How the right side of the panel comes up for whoever has chosen nothing himself.
import { Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { SidePanel } from "@/ui/SidePanel";
import { type SideRules, useSaveSideRules, useSideRules } from "./queries";
import type { Stored } from "./stored";

const modes = ["pinned", "opens", "closed"] as const;
const tabs = ["details", "client"] as const;

export function SidePanelRules({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("opSettings");
  const query = useSideRules();
  if (query.data) return <SideForm stored={query.data} onClose={onClose} />;
  return (
    <SidePanel opened title={t("side.title")} onClose={onClose}>
      <Loaded query={query}>{() => null}</Loaded>
    </SidePanel>
  );
}

function SideForm({ stored, onClose }: { stored: Stored<SideRules>; onClose: () => void }) {
  const { t } = useTranslation(["opSettings", "common"]);
  const mayEdit = useCan()("op_settings.edit");
  const form = useApiForm({
    initial: stored.value,
    submit: useSaveSideRules(stored.etag),
    onDone: () => {
      showDone(t("common:saved"));
      onClose();
    },
  });
  const { mode, tab } = form.values;
  return (
    <FormDrawer
      opened
      title={t("side.title")}
      form={form}
      submitLabel={t("common:save")}
      readOnly={!mayEdit}
      onClose={onClose}
    >
      <Radio.Group
        label={t("side.mode")}
        description={t("side.modeHint")}
        value={mode}
        onChange={(value) => form.set("mode", modes.find((one) => one === value) ?? "pinned")}
      >
        <Stack gap="xs" mt="xs">
          {modes.map((one) => (
            <Radio key={one} value={one} label={t(`side.modes.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={t("side.tab")}
        value={tab}
        onChange={(value) => form.set("tab", tabs.find((one) => one === value) ?? "details")}
      >
        <Stack gap="xs" mt="xs">
          {tabs.map((one) => (
            <Radio key={one} value={one} label={t(`side.tabs.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDrawer>
  );
}
