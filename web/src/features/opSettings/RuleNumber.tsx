// One bound of the distribution as a number, with what 0 means.
import { NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FormOf } from "@/ui/form/useApiForm";
import { bounds, type NumberRule, type RuleValues } from "./distribution";
import classes from "./OpSettings.module.css";

export function RuleNumber({ form, rule }: { form: FormOf<RuleValues>; rule: NumberRule }) {
  const { t } = useTranslation("opSettings");
  return (
    <NumberInput
      label={t(`distribution.${rule}`)}
      description={t(`distribution.${rule}_hint`)}
      min={0}
      max={bounds[rule]}
      allowDecimal={false}
      clampBehavior="none"
      classNames={{ wrapper: classes.short }}
      {...form.bind(rule)}
    />
  );
}
