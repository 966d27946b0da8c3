// A test chat that plays the outside system: the client's screen beside the raw requests.
import { Alert, Button, SegmentedControl, Select } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { languageNames, languages } from "@/i18n";
import { EmptyState, ErrorState, LoadingLines } from "@/ui/feedback/States";
import { useUrlFilters } from "@/ui/filters/useUrlFilters";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { ChatPane } from "./ChatPane";
import { Connect } from "./Connect";
import classes from "./Messenger.module.css";
import { type TestChat, useTestChat } from "./queries";
import { RawPane } from "./RawPane";
import { useChat } from "./useChat";

/** A chat of one's own in each browser; a new one on demand. */
function freshChat(): string {
  return `messenger-${crypto.randomUUID().slice(0, 8)}`;
}

export function MessengerPage() {
  const { t, i18n } = useTranslation("messenger");
  const [search, setSearch] = useUrlFilters<"bot_id" | "chat" | "language">();
  const bots = useBotChoices();
  const botId = search.bot_id ?? bots[0]?.value;
  const [ownChat] = useState(freshChat);
  const chatId = search.chat ?? ownChat;
  const language = search.language ?? i18n.language;

  const controls = (
    <>
      <Select
        aria-label={t("bot")}
        placeholder={t("bot")}
        data={bots}
        value={botId ?? null}
        searchable
        className={classes.bot}
        onChange={(value) => setSearch({ bot_id: value ?? undefined, chat: undefined })}
      />
      <SegmentedControl
        aria-label={t("clientLanguage")}
        value={language}
        onChange={(value) => setSearch({ language: value })}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <Button
        variant="default"
        leftSection={<Icon name="plus" />}
        onClick={() => setSearch({ chat: freshChat() })}
      >
        {t("newChat")}
      </Button>
    </>
  );
  return (
    <Page title={t("title")} about={t("about")} layout="fill" actions={controls}>
      {botId ? (
        <BotChat
          key={`${botId} ${chatId}`}
          botId={Number(botId)}
          chatId={chatId}
          language={language}
        />
      ) : (
        <EmptyState icon="bot" title={t("noBots")} text={t("noBotsText")} />
      )}
    </Page>
  );
}

type BotChatProps = { botId: number; chatId: string; language: string };

function BotChat({ botId, chatId, language }: BotChatProps) {
  const query = useTestChat(botId, chatId);
  const reopen = () => query.refetch();
  if (query.error) return <ErrorState error={query.error} onRetry={reopen} />;
  if (query.data === undefined) return <LoadingLines />;
  if (query.data === null) {
    return <Connect botId={botId} chatId={chatId} address={null} onConnected={reopen} />;
  }
  return <Panes chat={query.data} language={language} onConnected={reopen} />;
}

type PanesProps = { chat: TestChat; language: string; onConnected: () => unknown };

function Panes({ chat, language, onConnected }: PanesProps) {
  const { t } = useTranslation("messenger");
  const live = useChat(chat);
  const narrow = useMediaQuery("(max-width: 900px)");
  const [pane, setPane] = useState("chat");
  return (
    <>
      {!chat.connected && (
        <Connect
          botId={chat.bot_id}
          chatId={chat.chat_id}
          address={chat.custom_channel_url}
          onConnected={onConnected}
        />
      )}
      {live.isLost && (
        <Alert color="yellow" icon={<Icon name="wifiOff" />} role="status">
          {t("lost")}
        </Alert>
      )}
      {narrow && (
        <SegmentedControl
          fullWidth
          value={pane}
          onChange={setPane}
          aria-label={t("title")}
          data={[
            { value: "chat", label: t("chat") },
            { value: "raw", label: t("raw.title") },
          ]}
        />
      )}
      <div className={classes.panes}>
        {(!narrow || pane === "chat") && <ChatPane chat={chat} live={live} language={language} />}
        {(!narrow || pane === "raw") && <RawPane entries={live.entries} />}
      </div>
    </>
  );
}
