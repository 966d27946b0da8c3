// The keys of everybody who has none of his own, and whether people may have their own.
import { Button, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  clashOf,
  defaultsOf,
  differing,
  type HotKeys,
  KeyRows,
  keysOf,
  refusedOf,
} from "@/features/hotKeys";
import { showDone } from "@/ui/feedback/notify";
import { useApiForm } from "@/ui/form/useApiForm";
import { Section } from "@/ui/page/Page";
import { useHotKeys, useSaveHotKeys } from "./queries";
import { RulesForm, RulesPage } from "./RulesPage";
import type { Stored } from "./stored";

export function HotKeysPage() {
  return (
    <RulesPage name="hotKeys" query={useHotKeys()}>
      {(stored) => <HotKeysForm stored={stored} />}
    </RulesPage>
  );
}

const valuesOf = ({ items, own_allowed }: HotKeys) => ({ keys: keysOf(items), own_allowed });

function HotKeysForm({ stored }: { stored: Stored<HotKeys> }) {
  const { t } = useTranslation(["opSettings", "hotKeys", "common"]);
  const { items } = stored.value;
  const save = useSaveHotKeys(stored.etag);
  const defaults = defaultsOf(items);
  const form = useApiForm({
    initial: valuesOf(stored.value),
    check: ({ keys }) => {
      const clash = items.find(({ action }) => clashOf(action, keys, items));
      return clash ? { keys: clash.label } : {};
    },
    submit: ({ keys, own_allowed }) => save({ keys: differing(keys, defaults), own_allowed }),
    onDone: (saved) => {
      form.reset(valuesOf(saved.value));
      showDone(t("common:saved"));
    },
  });
  const { keys, own_allowed } = form.values;
  return (
    <RulesForm name="hotKeys" form={form}>
      <Section
        title={t("hotKeys.keys")}
        about={t("hotKeys.keysText")}
        actions={
          <div>
            <Button
              variant="default"
              size="compact-sm"
              mt="xs"
              onClick={() => form.set("keys", defaults)}
            >
              {t("hotKeys:reset")}
            </Button>
          </div>
        }
      >
        <KeyRows
          items={items}
          keys={keys}
          behind={defaults}
          refused={refusedOf(form.failure)}
          onChange={(changed) => form.set("keys", changed)}
        />
      </Section>
      <Section title={t("hotKeys.own")} about={t("hotKeys.ownText")}>
        <Switch
          label={t("hotKeys.allowed")}
          checked={own_allowed}
          onChange={(event) => form.set("own_allowed", event.currentTarget.checked)}
        />
      </Section>
    </RulesForm>
  );
}
