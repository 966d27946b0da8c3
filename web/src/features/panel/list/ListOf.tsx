// Says whose requests alone are listed, and leads back to everybody's.
import { CloseButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOperatorChoices } from "@/features/operators";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import classes from "./List.module.css";

export function ListOf({ operator }: { operator: number }) {
  const { t } = useTranslation(["operators", "ui"]);
  const [, change] = useUrlFilters<"assignee_id">();
  const name = useOperatorChoices().find(({ value }) => value === String(operator))?.label;
  return (
    <div className={classes.of}>
      <span>{t("listOf", { name: name ?? `#${operator}` })}</span>
      <CloseButton
        size="sm"
        aria-label={t("ui:filters.clear")}
        onClick={() => change({ assignee_id: undefined })}
      />
    </div>
  );
}
