// The way back to the list where a phone shows nothing but what is opened.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import classes from "./Talk.module.css";

export function BackWord() {
  const { t } = useTranslation("panel");
  return (
    <Button
      variant="default"
      className={classes.backWord}
      leftSection={<Icon name="arrowLeft" />}
      renderRoot={(props) => (
        <Link
          to="/operator_panel/requests/{-$number}"
          params={{ number: undefined }}
          search={true}
          {...props}
        />
      )}
    >
      {t("back")}
    </Button>
  );
}
