// What is wrong now, the worst first, and what to do about each.
import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import type { Check } from "./queries";
import classes from "./Status.module.css";

const order = ["error", "warn"];

export function troublesOf(checks: Check[]): Check[] {
  return checks
    .filter((check) => order.includes(check.state))
    .sort((left, right) => order.indexOf(left.state) - order.indexOf(right.state));
}

export function Troubles({ checks }: { checks: Check[] }) {
  const { t } = useTranslation("status");
  const troubles = troublesOf(checks);
  if (troubles.length === 0) return null;
  const broken = troubles[0]?.state === "error";
  return (
    <Alert
      color={broken ? "red" : "yellow"}
      icon={<Icon name="alert" />}
      title={t("troubles.title")}
      mb="md"
    >
      <ul className={classes.troubles}>
        {troubles.map((check) => (
          <li key={check.name}>
            <Text size="sm" fw={500} component="span">
              {check.label}:
            </Text>{" "}
            {check.detail}
            {check.todo && <div className={classes.todo}>{check.todo}</div>}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
