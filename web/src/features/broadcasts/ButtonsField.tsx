// The buttons below a message by template.
import { ActionIcon, Button, Group, Input, Select, Stack, TextInput } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import { Icon } from "@/ui/Icon";

type TemplateButton = NonNullable<components["schemas"]["Content"]["buttons"]>[number];
type Props = { buttons: TemplateButton[]; onChange: (next: TemplateButton[]) => void };

const most = 10;
const https = "https://";
const kinds = ["reply", "url", "phone"] as const;

export function ButtonsField({ buttons, onChange }: Props) {
  const { t } = useTranslation(["broadcasts", "common"]);
  const id = useId();
  const put = (at: number, next: Partial<TemplateButton>) =>
    onChange(buttons.map((button, place) => (place === at ? { ...button, ...next } : button)));
  return (
    <Input.Wrapper
      label={t("buttons.title")}
      description={t("buttons.hint")}
      labelElement="div"
      labelProps={{ id }}
    >
      <Stack gap="xs" mt={6} role="group" aria-labelledby={id}>
        {buttons.map((button, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a button has nothing but its place
          <Group key={at} gap="xs" wrap="nowrap" align="flex-start">
            <Stack gap={4} style={{ flex: 1 }}>
              <TextInput
                aria-label={t("buttons.text", { number: at + 1 })}
                placeholder={t("buttons.textShort")}
                maxLength={64}
                value={button.text}
                onChange={(event) => put(at, { text: event.currentTarget.value })}
              />
              {button.kind === "url" && (
                <TextInput
                  aria-label={t("buttons.url", { number: at + 1 })}
                  placeholder={https}
                  maxLength={2000}
                  value={button.url ?? ""}
                  onChange={(event) => put(at, { url: event.currentTarget.value })}
                />
              )}
            </Stack>
            <Select
              aria-label={t("buttons.kind", { number: at + 1 })}
              w={150}
              allowDeselect={false}
              data={kinds.map((kind) => ({ value: kind, label: t(`buttons.kinds.${kind}`) }))}
              value={button.kind ?? "reply"}
              onChange={(kind) => put(at, { kind: (kind ?? "reply") as TemplateButton["kind"] })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("buttons.remove", { number: at + 1 })}
              onClick={() => onChange(buttons.filter((_, place) => place !== at))}
            >
              <Icon name="trash" />
            </ActionIcon>
          </Group>
        ))}
        {buttons.length < most && (
          <Button
            variant="default"
            leftSection={<Icon name="plus" />}
            onClick={() => onChange([...buttons, { text: "", kind: "reply", url: "" }])}
          >
            {t("buttons.add")}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
