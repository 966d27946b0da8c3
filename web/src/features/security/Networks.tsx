// From which networks people of a role may work; a role that is not named may from any.
import { Select, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRoles } from "@/features/users";
import { Section } from "@/ui/page/Page";
import type { RulesForm } from "./values";

export function Networks({ form }: { form: RulesForm }) {
  const { t } = useTranslation("security");
  const roles = useRoles();
  const { networks } = form.values;
  const limited = roles.filter(({ alias }) => alias in networks);
  const free = roles.filter(({ alias }) => !(alias in networks));
  const set = (role: string, given: string[]) =>
    form.set("networks", { ...networks, [role]: given });
  return (
    <Section title={t("networks.title")} about={t("networks.text")}>
      {limited.map(({ alias, name }) => (
        <TagsInput
          key={alias}
          label={name}
          description={t("networks.hint")}
          placeholder="203.0.113.0/24"
          splitChars={[",", " ", ";"]}
          clearable
          value={networks[alias] ?? []}
          onChange={(given) => set(alias, given)}
        />
      ))}
      <Select
        label={t("networks.add")}
        placeholder={t("networks.choose")}
        data={free.map(({ alias, name }) => ({ value: alias, label: name }))}
        value={null}
        error={form.errors.networks}
        onChange={(alias) => alias && set(alias, [])}
      />
    </Section>
  );
}
