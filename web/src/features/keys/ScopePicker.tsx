// Read and write per subject as a small grid, and the scopes that stand alone.
import { Checkbox, Input } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./ScopePicker.module.css";
import { readWrite, single, toggleScope } from "./scopes";

type Props = {
  value: string[];
  onChange: (scopes: string[]) => void;
  error?: string;
  disabled?: boolean;
};

export function ScopePicker({ value, onChange, error, disabled }: Props) {
  const { t } = useTranslation("keys");
  const box = (scope: string, label: string, hidden: boolean) => (
    <Checkbox
      label={hidden ? undefined : label}
      aria-label={hidden ? label : undefined}
      checked={value.includes(scope)}
      disabled={disabled}
      onChange={(event) => onChange(toggleScope(value, scope, event.currentTarget.checked))}
    />
  );
  return (
    <Input.Wrapper label={t("scopes.title")} error={error} labelElement="div">
      <table className={classes.grid}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("scopes.subject")}</span>
            </th>
            <th scope="col">{t("scopes.read")}</th>
            <th scope="col">{t("scopes.write")}</th>
          </tr>
        </thead>
        <tbody>
          {readWrite.map((what) => (
            <tr key={what}>
              <th scope="row">{t(`scopes.of.${what}`)}</th>
              <td>{box(`${what}:read`, `${t(`scopes.of.${what}`)}: ${t("scopes.read")}`, true)}</td>
              <td>
                {box(`${what}:write`, `${t(`scopes.of.${what}`)}: ${t("scopes.write")}`, true)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.single}>
        {single.map((scope) => (
          <div key={scope}>
            {box(scope, t(`scopes.single.${scope.replace(":", "_") as Single}`), false)}
          </div>
        ))}
      </div>
    </Input.Wrapper>
  );
}

type Single = "scenario_run" | "broadcast_send" | "statistics_read" | "embed_create";
