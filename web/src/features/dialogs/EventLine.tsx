// What began a step: a message, a tap, a call from outside, a result, a deadline; or what people did
// beside the scenario.
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "@/ui/Icon";
import classes from "./Run.module.css";
import { isOneOf } from "./statuses";

const kinds = [
  "message",
  "press",
  "begin",
  "visit",
  "farewell",
  "action_done",
  "due",
  "left",
  "chat_closed",
] as const;
const icons: Record<(typeof kinds)[number], IconName> = {
  message: "user",
  press: "user",
  begin: "play",
  visit: "user",
  farewell: "user",
  action_done: "code",
  due: "clock",
  left: "user",
  chat_closed: "user",
};

export function EventLine({ event }: { event: Record<string, unknown> }) {
  const { t } = useTranslation("dialogs");
  const type = String(event.type);
  const known = isOneOf(kinds, type);
  const said = event.text || event.data || event.event || event.alias || event.param || "";
  return (
    <div className={classes.event}>
      <Icon name={known ? icons[type] : "clock"} size={14} />
      <span>{known ? t(`event.${type}`) : type}</span>
      {typeof said === "string" && said && <b className={classes.said}>{said}</b>}
    </div>
  );
}
