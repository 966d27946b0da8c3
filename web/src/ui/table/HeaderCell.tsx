// A column's head: its title, and its order where the server can sort by it.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../Icon";
import classes from "./DataTable.module.css";

type Props = {
  title: string;
  align?: "end";
  order: false | "asc" | "desc";
  onSort?: () => void;
};

const words = { asc: "ascending", desc: "descending" } as const;

export function HeaderCell({ title, align, order, onSort }: Props) {
  const { t } = useTranslation("ui");
  return (
    <th
      scope="col"
      data-align={align}
      data-actions={title === "" || undefined}
      aria-sort={order ? words[order] : undefined}
    >
      {onSort ? (
        <UnstyledButton className={classes.sort} onClick={onSort}>
          {title}
          <span className={classes.sortMark} data-on={order || undefined}>
            <Icon name={order === "desc" ? "arrowDown" : "arrowUp"} size={12} />
          </span>
        </UnstyledButton>
      ) : (
        title || <span className="visually-hidden">{t("table.actions")}</span>
      )}
    </th>
  );
}
