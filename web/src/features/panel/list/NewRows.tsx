// "3 new": what came while the list was held still, let in by a click.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import classes from "./List.module.css";

export function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation("panel");
  return (
    <UnstyledButton className={classes.pill} onClick={onShow} aria-live="polite">
      <Icon name="arrowUp" size={12} /> {t("list.new", { count })}
    </UnstyledButton>
  );
}
