// One of the product's colours, chosen by mouse or arrow keys.
import { Input, VisuallyHidden } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../Icon";
import classes from "./Color.module.css";
import { cssColor, palette } from "./palette";

type Props = {
  label: string;
  value: string;
  error?: string;
  onChange: (color: string) => void;
};

export function ColorPicker({ label, value, error, onChange }: Props) {
  const { t } = useTranslation("ui");
  const id = useId();
  return (
    <Input.Wrapper label={label} error={error} labelElement="div" labelProps={{ id }}>
      <div className={classes.picker} role="radiogroup" aria-labelledby={id}>
        {palette.map((color) => (
          <label key={color} className={classes.swatch} title={t(`color.${color}`)}>
            <input
              type="radio"
              name={id}
              checked={value === color || (color === "gray" && value === "")}
              onChange={() => onChange(color)}
            />
            <span style={{ background: cssColor(color) }}>
              <Icon name="check" size={14} />
            </span>
            <VisuallyHidden>{t(`color.${color}`)}</VisuallyHidden>
          </label>
        ))}
      </div>
    </Input.Wrapper>
  );
}
