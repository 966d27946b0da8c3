// The picture of a person: shown, replaced by a file, taken away.
import { Button, FileButton, Group, Input } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Face } from "../Face";
import { problemText } from "../feedback/notify";

type Props = {
  name: string;
  picture: string | null;
  description?: string;
  onPut: (file: File) => Promise<unknown>;
  onRemove: () => Promise<unknown>;
};

export function PictureField({ name, picture, description, onPut, onRemove }: Props) {
  const { t } = useTranslation("ui");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async (deed: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(null);
    await deed().catch(setFailure);
    setBusy(false);
  };
  return (
    <Input.Wrapper label={t("picture.label")} description={description} labelElement="div">
      <Group mt={6} gap="sm">
        <Face name={name} picture={picture} size={56} staff />
        <FileButton
          accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
          onChange={(file) => file && run(() => onPut(file))}
        >
          {(props) => (
            <Button variant="default" loading={busy} {...props}>
              {t(picture ? "picture.replace" : "picture.choose")}
            </Button>
          )}
        </FileButton>
        {picture && (
          <Button variant="subtle" color="red" disabled={busy} onClick={() => run(onRemove)}>
            {t("picture.remove")}
          </Button>
        )}
      </Group>
      {failure !== null && <Input.Error mt={6}>{problemText(failure)}</Input.Error>}
    </Input.Wrapper>
  );
}
