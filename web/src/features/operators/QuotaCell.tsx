// How many different clients somebody has had today of how many he should have.
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import classes from "./Operators.module.css";
import type { Operator } from "./queries";
import { quotaMet } from "./team";

export function QuotaCell({ row }: { row: Pick<Operator, "touched" | "quota"> }) {
  const { t } = useTranslation("operators");
  const { touched, quota } = row;
  if (quota === null) return <span className={classes.quota}>{touched}</span>;
  return (
    <span className={classes.quota} title={t("quota.of", { touched, quota })}>
      <span aria-hidden>
        {touched}/{quota}
      </span>
      <span className="visually-hidden">{t("quota.of", { touched, quota })}</span>
      {quotaMet(row) && (
        <span className={classes.met} role="img" aria-label={t("quota.met")}>
          <Icon name="check" size={14} />
        </span>
      )}
    </span>
  );
}
