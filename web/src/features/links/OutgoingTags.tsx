// Campaign tags for the links that a message sends out: of listed hosts only.
import { Stack, Switch, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { TagFields } from "./TagFields";
import { hostOf } from "./values";

export type AddUtm = { domains?: string[]; [tag: string]: string | string[] | undefined };

type Props = {
  value: AddUtm | null | undefined;
  /** Undefined: links go out as they are. */
  onChange: (value: AddUtm | undefined) => void;
};

export function OutgoingTags({ value, onChange }: Props) {
  const { t } = useTranslation("links");
  const { domains = [], ...tags } = value ?? {};
  return (
    <Stack gap="xs" mt="xs">
      <Switch
        label={t("outgoing.switch")}
        description={t("outgoing.hint")}
        checked={Boolean(value)}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? { domains: [], utm_source: "bot" } : undefined)
        }
      />
      {value && (
        <>
          <TagsInput
            label={t("outgoing.domains")}
            description={t("outgoing.domainsHint")}
            placeholder={domains.length === 0 ? t("outgoing.domainsExample") : undefined}
            error={domains.length === 0 ? t("outgoing.domainsMissing") : undefined}
            value={domains}
            onChange={(next) => onChange({ ...value, domains: [...new Set(next.map(hostOf))] })}
          />
          <TagFields
            tags={tags as Record<string, string>}
            onChange={(next) => onChange({ ...value, ...next })}
          />
        </>
      )}
    </Stack>
  );
}
