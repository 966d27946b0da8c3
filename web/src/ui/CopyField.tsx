// A value to take away by one click; a secret stays masked until asked for.
import { ActionIcon, Alert, Button, CopyButton, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./CopyField.module.css";
import { Icon } from "./Icon";

type Props = {
  value: string;
  label: string;
  secret?: boolean;
  /** Several lines, such as a curl command. */
  block?: boolean;
};

export function CopyField({ value, label, secret = false, block = false }: Props) {
  const { t } = useTranslation("ui");
  const [shown, setShown] = useState(!secret);
  const text = shown ? value : "•".repeat(Math.min(value.length, 32));
  return (
    <div className={classes.wrapper}>
      <span className={classes.label}>{label}</span>
      <div className={classes.field} data-block={block || undefined}>
        {/* Several lines may scroll, so Tab reaches them. */}
        <code className={classes.value} tabIndex={block ? 0 : undefined}>
          {text}
        </code>
        <span className={classes.buttons}>
          {secret && (
            <Tooltip label={shown ? t("hide") : t("show")}>
              <ActionIcon
                aria-label={shown ? t("hide") : t("show")}
                aria-pressed={shown}
                onClick={() => setShown(!shown)}
              >
                <Icon name={shown ? "eyeOff" : "eye"} />
              </ActionIcon>
            </Tooltip>
          )}
          <CopyButton value={value}>
            {({ copied, copy }) => (
              <Tooltip label={copied ? t("copied") : t("copyOf", { name: label })}>
                <ActionIcon
                  aria-label={t("copyOf", { name: label })}
                  color={copied ? "accent" : "gray"}
                  onClick={copy}
                >
                  <Icon name={copied ? "check" : "copy"} />
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        </span>
      </div>
    </div>
  );
}

/** A secret that this answer shows for the only time. */
export function SecretOnce({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation("ui");
  return (
    <Alert color="yellow" icon={<Icon name="key" />} title={t("secretOnce.title")}>
      <Text size="sm" mb="xs">
        {t("secretOnce.text")}
      </Text>
      <CopyField label={label} value={value} secret />
    </Alert>
  );
}

export function CopyTextButton({ value, children }: { value: string; children: string }) {
  const { t } = useTranslation("ui");
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          leftSection={<Icon name={copied ? "check" : "copy"} />}
          onClick={copy}
        >
          {copied ? t("copied") : children}
        </Button>
      )}
    </CopyButton>
  );
}
