// Where the client came from: first, last, and to this chat. Nothing where nobody knows.
import { useTranslation } from "react-i18next";
import { Facts } from "./Facts";
import classes from "./Side.module.css";

type Source = Record<string, string>;
type Props = { source: { first: Source; last: Source; here: Source } };

function shown(source: Source): string {
  return Object.entries(source)
    .map(([name, value]) => `${name.replace(/^utm_/, "")}: ${value}`)
    .join(", ");
}

export function ClientSource({ source }: Props) {
  const { t } = useTranslation("panelClient");
  const { first, last, here } = source;
  if (Object.keys(last).length === 0) return null;
  return (
    <section className={classes.section}>
      <h3>{t("source.title")}</h3>
      <Facts
        rows={[
          [t("source.first"), shown(first)],
          [t("source.last"), shown(last)],
          [t("source.here"), shown(here)],
        ]}
      />
    </section>
  );
}
