// What a client agreed to: when, how, by which link, what he was shown.
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { storedText } from "@/i18n/stored";
import type { Subscription } from "./queries";

/** How a yes or a no came about, in words. */
export function useWhy() {
  const { t } = useTranslation("subscriptions");
  return (why: string) => (why ? (storedText(`subscriptions:whys.${why}`) ?? why) : t("ever"));
}

export function ConsentShown({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation("subscriptions");
  const format = useFormat();
  const why = useWhy();
  const { consent } = subscription;
  if (!consent) return <Text size="sm">{t("noConsent")}</Text>;
  const rows: [string, string | null][] = [
    [t("status"), t(consent.status)],
    [t("when"), format.dateTime(consent.at)],
    [t("why"), why(consent.why)],
    [t("link"), consent.link],
    [t("text"), consent.text],
    [t("address"), consent.address],
    [t("by"), consent.actor_name],
  ];
  return (
    <Table layout="fixed">
      <Table.Tbody>
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={130}>{name}</Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}
