// The actions with their keys: each is changed by pressing another, taken away, or put back.
import { ActionIcon, Input, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { keyNames } from "@/ui/keys/hotkeys";
import classes from "./HotKeys.module.css";
import { clashOf, type HotKey } from "./keys";
import { Recorder } from "./Recorder";

type Props = {
  items: HotKey[];
  keys: Record<string, string>;
  /** What a key goes back to. */
  behind: Record<string, string>;
  /** What the server refused, by the name of the action. */
  refused: Record<string, string>;
  disabled?: boolean;
  onChange: (keys: Record<string, string>) => void;
};

const groups = ["talk", "list", "page"] as const;

export function KeyRows({ items, ...props }: Props) {
  const { t } = useTranslation("hotKeys");
  return groups.map((group) => (
    <fieldset key={group} className={classes.group}>
      <legend>{t(`groups.${group}`)}</legend>
      {items
        .filter((item) => item.group === group)
        .map((item) => (
          <KeyRow key={item.action} item={item} items={items} {...props} />
        ))}
    </fieldset>
  ));
}

function KeyRow({ item, items, keys, behind, refused, disabled, onChange }: Props & RowOf) {
  const { t } = useTranslation("hotKeys");
  const { action, label } = item;
  const combo = keys[action] ?? "";
  const back = behind[action] ?? "";
  const other = clashOf(action, keys, items);
  const fault = other ? t("taken", { action: other }) : refused[action];
  const set = (key: string) => onChange({ ...keys, [action]: key });
  return (
    <div className={classes.row}>
      <span className={classes.action}>
        {label}
        {item.while_typing && (
          <Text component="span" size="xs" c="dimmed">
            {t("typed")}
          </Text>
        )}
        {fault && <Input.Error>{fault}</Input.Error>}
      </span>
      <span className={classes.keys}>
        {combo !== back && (
          <ActionIcon
            aria-label={t("back", {
              keys: back ? keyNames(back).join("+") : t("none"),
              action: label,
            })}
            disabled={disabled}
            onClick={() => set(back)}
          >
            <Icon name="history" size={14} />
          </ActionIcon>
        )}
        {combo !== "" && (
          <ActionIcon
            aria-label={t("remove", { action: label })}
            disabled={disabled}
            onClick={() => set("")}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        )}
        <Recorder label={label} combo={combo} disabled={disabled ?? false} onChange={set} />
      </span>
    </div>
  );
}

type RowOf = { item: HotKey };
