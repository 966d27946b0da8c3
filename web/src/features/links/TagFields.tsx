// The five campaign tags, each a field.
import { TextInput } from "@mantine/core";
import classes from "./Links.module.css";
import { tagNames } from "./values";

type Props = {
  tags: Record<string, string>;
  onChange: (tags: Record<string, string>) => void;
};

export function TagFields({ tags, onChange }: Props) {
  return (
    <div className={classes.tags}>
      {tagNames.map((name) => (
        <TextInput
          key={name}
          label={name}
          value={tags[name] ?? ""}
          maxLength={256}
          onChange={(event) => onChange({ ...tags, [name]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
