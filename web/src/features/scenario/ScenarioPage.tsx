// /dialog/bot-scenario/$id: the scenario of one bot, drawn and as JSON.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useBot } from "@/features/bots";
import { ErrorState, LoadingLines } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { Editor } from "./Editor";
import { useScenario } from "./queries";
import { VersionView } from "./versions/VersionView";

export type ScenarioSearch = {
  tab?: string;
  section?: string;
  node?: string;
  version?: string;
};

export type View = {
  search: ScenarioSearch;
  onSearch: (change: ScenarioSearch) => void;
};

export type EditorBot = { id: number; name: string; languages: string[] };

export function ScenarioPage({ botId, search, onSearch }: View & { botId: number }) {
  const { t } = useTranslation("scenario");
  const bot = useBot(botId);
  const scenario = useScenario(botId);
  const known = bot.data?.data;
  const error = bot.error ?? scenario.error;

  if (known && scenario.data) {
    if (search.version) {
      return (
        <VersionView
          bot={known}
          number={Number(search.version)}
          search={search}
          onSearch={onSearch}
        />
      );
    }
    return (
      <Editor key={botId} bot={known} loaded={scenario.data} search={search} onSearch={onSearch} />
    );
  }
  return (
    <Page title={t("title")} back={<BackToBot id={botId} name={known?.name ?? ""} />}>
      {error ? (
        <ErrorState
          error={error}
          onRetry={() => Promise.all([bot.refetch(), scenario.refetch()])}
        />
      ) : (
        <LoadingLines />
      )}
    </Page>
  );
}

export function BackToBot({ id, name }: { id: number; name: string }) {
  const { t } = useTranslation("scenario");
  return (
    <Link to="/bots/$id" params={{ id: String(id) }}>
      <Icon name="arrowLeft" size={12} /> {name || t("toBot")}
    </Link>
  );
}
