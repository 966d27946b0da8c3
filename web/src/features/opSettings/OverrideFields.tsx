// One exception: for what it is, and what is different there.
import { Button, Input, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChannelChoices } from "@/features/channels";
import { useGroups } from "@/features/operators";
import { useTopicChoices } from "@/features/topics";
import { Icon } from "@/ui/Icon";
import classes from "./OpSettings.module.css";
import { Minutes } from "./timerSections";
import {
  actions,
  type Override,
  operatorActions,
  overrideFaults,
  scopes,
  type Typed,
  uses,
} from "./timers";

type Props = {
  value: Override;
  everywhere: Typed;
  refused?: string;
  /** Saved once already: what is missing is marked too. */
  tried: boolean;
  onChange: (change: Partial<Override>) => void;
  onRemove: () => void;
};

function useThings({ scope, of }: Override): { value: string; label: string }[] {
  const topics = useTopicChoices([scope === "topic" ? Number(of) : null]);
  const { data: groups = [] } = useGroups();
  const channels = useChannelChoices(scope === "channel" && of ? [of] : []);
  if (scope === "topic") return topics;
  if (scope === "group") return groups.map(({ id, name }) => ({ value: String(id), label: name }));
  return channels;
}

export function OverrideFields({ value, everywhere, refused, tried, onChange, onRemove }: Props) {
  const { t } = useTranslation("opSettings");
  const things = useThings(value);
  const faults = overrideFaults(value, everywhere);
  const said = (field: keyof typeof faults) => {
    const fault = faults[field];
    return fault && t(`timers.fault.${fault}`);
  };
  const name = things.find((thing) => thing.value === value.of)?.label;
  return (
    <fieldset className={classes.channel}>
      <legend>{name ?? t("timers.newOverride")}</legend>
      <div className={classes.pair}>
        <Select
          label={t("timers.for")}
          data={scopes.map((scope) => ({ value: scope, label: t(`timers.scopes.${scope}`) }))}
          value={value.scope}
          onChange={(chosen) =>
            onChange({ scope: scopes.find((scope) => scope === chosen) ?? "topic", of: null })
          }
        />
        <Select
          label={t(`timers.scopes.${value.scope}`)}
          placeholder={t("timers.choose")}
          data={things}
          searchable
          value={value.of}
          error={tried ? said("of") : undefined}
          onChange={(of) => onChange({ of })}
        />
        <Select
          label={t("timers.switch")}
          data={uses.map((use) => ({ value: use, label: t(`timers.uses.${use}`) }))}
          value={value.use}
          onChange={(chosen) => onChange({ use: uses.find((use) => use === chosen) ?? "same" })}
        />
        <Minutes
          label={t("timers.minutes")}
          placeholder={t("timers.asEverywhere")}
          value={value.minutes}
          error={said("minutes")}
          onChange={(minutes) => onChange({ minutes })}
        />
        <Select
          label={t("timers.action")}
          placeholder={t("timers.asEverywhere")}
          data={actions.map((action) => ({ value: action, label: t(`timers.actions.${action}`) }))}
          clearable
          value={value.action}
          onChange={(chosen) =>
            onChange({ action: actions.find((action) => action === chosen) ?? null })
          }
        />
        <Minutes
          label={t("timers.warn")}
          placeholder={t("timers.asEverywhere")}
          value={value.warn}
          error={said("warn")}
          onChange={(warn) => onChange({ warn })}
        />
        <Minutes
          label={t("timers.operatorMinutes")}
          placeholder={t("timers.asEverywhere")}
          value={value.operator_minutes}
          error={said("operator_minutes")}
          onChange={(operator_minutes) => onChange({ operator_minutes })}
        />
        <Select
          label={t("timers.operatorAction")}
          data={operatorActions.map((action) => ({
            value: action,
            label: t(`timers.operatorActions.${action}`),
          }))}
          disabled={value.operator_minutes === ""}
          value={value.operator_action}
          onChange={(chosen) =>
            onChange({
              operator_action:
                operatorActions.find((action) => action === chosen) ?? "notify_operator",
            })
          }
        />
      </div>
      {refused && <Input.Error>{refused}</Input.Error>}
      <div>
        <Button variant="subtle" color="red" leftSection={<Icon name="trash" />} onClick={onRemove}>
          {t("timers.removeOverride")}
        </Button>
      </div>
    </fieldset>
  );
}
