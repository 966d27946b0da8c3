// Where a link leads, to copy, and its drawn code, to print.
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyField } from "@/ui/CopyField";
import { Icon } from "@/ui/Icon";
import classes from "./Links.module.css";
import type { LinkAddresses } from "./queries";

type Props = { addresses: LinkAddresses; qr: string; name: string };

export function LinkShown({ addresses, qr, name }: Props) {
  const { t } = useTranslation("links");
  const { url, page_url, group_url, start_text } = addresses;
  return (
    <Stack gap="sm">
      {page_url && <CopyField label={t("shown.page")} value={page_url} />}
      {url && <CopyField label={t("shown.url")} value={url} />}
      {group_url && <CopyField label={t("shown.group")} value={group_url} />}
      <CopyField label={t("shown.text")} value={start_text} />
      <Group align="flex-end" gap="md">
        <Paper className={classes.qr} withBorder>
          <img src={qr} alt={t("shown.qr")} width={168} height={168} />
        </Paper>
        <Button
          component="a"
          href={qr}
          download={`${name}.svg`}
          variant="default"
          leftSection={<Icon name="arrowDown" />}
        >
          {t("shown.download")}
        </Button>
      </Group>
      {!url && !page_url && (
        <Text size="sm" c="dimmed">
          {t("shown.textOnly")}
        </Text>
      )}
    </Stack>
  );
}

/** A drawing as an address that an image and a download take. */
export function drawn(svg: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

export function drawnOf(code: string): string {
  return `/api/v1/links/${code}/qr.svg`;
}
