// A field whose value is hidden until the eye is pressed; the eye has a name in both languages.
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function HiddenInput(props: PasswordInputProps) {
  const { t } = useTranslation("ui");
  return (
    <PasswordInput visibilityToggleButtonProps={{ "aria-label": t("showTyped") }} {...props} />
  );
}
