// /dialog/bot-scenario/$id: the scenario of one bot, drawn and as JSON.
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBot } from "@/features/bots";
import { useCan } from "@/features/session";
import { ErrorState, LoadingLines } from "@/ui/feedback/States";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { Page } from "@/ui/page/Page";
import { BackToBot } from "./BackToBot";
import { Editor } from "./Editor";
import { knowLanguages } from "./graph/actionPorts";
import { type Loaded, useScenario } from "./queries";
import { useActions } from "./useActions";
import { useDraft } from "./useDraft";
import { VersionView } from "./versions/VersionView";
import type { EditorBot, View } from "./view";

export function ScenarioPage({ botId, search, onSearch }: View & { botId: number }) {
  const { t } = useTranslation("scenario");
  const bot = useBot(botId);
  const scenario = useScenario(botId);
  const actions = useActions();
  const known = bot.data?.data;
  const error = bot.error ?? scenario.error ?? actions.error;

  if (known && scenario.data && actions.data) {
    return (
      <Opened key={botId} bot={known} loaded={scenario.data} search={search} onSearch={onSearch} />
    );
  }
  return (
    <Page title={t("title")} back={<BackToBot id={botId} name={known?.name ?? ""} />}>
      {error ? (
        <ErrorState
          error={error}
          onRetry={() => Promise.all([bot.refetch(), scenario.refetch(), actions.refetch()])}
        />
      ) : (
        <LoadingLines />
      )}
    </Page>
  );
}

type OpenedProps = View & { bot: EditorBot; loaded: Loaded };

/** The draft stays open while an older version is looked at. */
function Opened({ bot, loaded, search, onSearch }: OpenedProps) {
  const can = useCan();
  useMemo(() => knowLanguages(bot.languages), [bot.languages]);
  const draft = useDraft(bot.id, loaded, can("scenarios.edit"), bot.languages[0] ?? "en");
  const [active, setActive] = useState(loaded.active);
  const view = { search, onSearch };
  return (
    <>
      {search.version ? (
        <VersionView bot={bot} number={Number(search.version)} {...view} />
      ) : (
        <Editor bot={bot} draft={draft} active={active} onActive={setActive} {...view} />
      )}
      <UnsavedGuard when={draft.isUnsaved} settle={draft.save} />
    </>
  );
}
