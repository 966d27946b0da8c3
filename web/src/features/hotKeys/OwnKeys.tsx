// One's own keys, as a part of the profile.
import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { KeyRows } from "./KeyRows";
import { clashOf, everyonesOf, type HotKeys, keysOf } from "./keys";
import { useOwnKeys, useSaveOwnKeys } from "./queries";
import { refusedOf } from "./refused";

export function OwnKeys() {
  const { t } = useTranslation("hotKeys");
  return (
    <Section title={t("own.title")} about={t("own.text")}>
      <Loaded query={useOwnKeys()}>{(found) => <OwnForm found={found} />}</Loaded>
    </Section>
  );
}

function OwnForm({ found }: { found: HotKeys }) {
  const { t } = useTranslation(["hotKeys", "common"]);
  const save = useSaveOwnKeys(found);
  const behind = everyonesOf(found.items);
  const form = useApiForm({
    initial: { keys: keysOf(found.items) },
    submit: ({ keys }) => save(keys),
    onDone: ({ items }) => {
      form.reset({ keys: keysOf(items) });
      showDone(t("common:saved"));
    },
  });
  if (!found.own_allowed) return <Text size="sm">{t("own.off")}</Text>;
  const { keys } = form.values;
  const clashes = found.items.some(({ action }) => clashOf(action, keys, found.items));
  return (
    <>
      <KeyRows
        items={found.items}
        keys={keys}
        behind={behind}
        refused={refusedOf(form.failure)}
        onChange={(changed) => form.set("keys", changed)}
      />
      <FormProblem failure={form.failure} shownFields={["keys"]} />
      <Group>
        <Button onClick={form.save} loading={form.busy} disabled={!form.dirty || clashes}>
          {t("own.save")}
        </Button>
        <Button variant="default" onClick={() => form.set("keys", behind)}>
          {t("reset")}
        </Button>
      </Group>
      <UnsavedGuard when={form.dirty} />
    </>
  );
}
