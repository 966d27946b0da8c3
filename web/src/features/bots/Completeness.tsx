// How much of the scenario is translated into each language of the bot, and what is not.
import { Anchor, Progress, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import classes from "./Bots.module.css";
import { useLanguageName } from "./languageChoices";
import { useTranslations } from "./queries";

const whole = 100;
const named = 5;

export function Completeness({ botId }: { botId: number }) {
  const { t } = useTranslation("bots");
  const languageName = useLanguageName();
  const found = useTranslations(botId).data?.items ?? [];
  if (!found.some(({ total }) => total > 0)) return null;
  return (
    <ul className={classes.translations} aria-label={t("translations.title")}>
      {found.map(({ language, total, translated, missing }) => (
        <li key={language}>
          <span>{languageName(language)}</span>
          <Progress
            value={(translated / total) * whole}
            color={translated < total ? "yellow" : undefined}
            aria-label={languageName(language)}
          />
          <span>{t("translations.of", { translated, total })}</span>
          {missing.length > 0 && (
            <Text size="xs" c="dimmed" className={classes.missing}>
              {t("translations.missing", { places: missing.slice(0, named).join(", ") })}
              {missing.length > named && t("translations.more", { number: missing.length - named })}
            </Text>
          )}
        </li>
      ))}
      <li>
        <Anchor
          size="sm"
          className={classes.missing}
          renderRoot={(props) => (
            <Link to="/dialog/bot-scenario/$id" params={{ id: String(botId) }} {...props} />
          )}
        >
          {t("translations.open")}
        </Anchor>
      </li>
    </ul>
  );
}
