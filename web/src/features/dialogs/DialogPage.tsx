// One conversation: messages, variables, where the scenario stands, and its runs.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { useFormat } from "@/i18n/format";
import { Day, Thread } from "@/ui/chat/Thread";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { DialogSide } from "./DialogSide";
import classes from "./Dialogs.module.css";
import { useBotName } from "./DialogsPage";
import { MessageView } from "./MessageView";
import { useDialog, useFetchAgain, useMessages } from "./queries";
import { WaitingBadge } from "./WaitingBadge";

export function DialogPage({ id }: { id: number }) {
  const { t } = useTranslation("dialogs");
  const can = useCan();
  const botName = useBotName();
  const query = useDialog(id);
  const dialog = query.data;

  return (
    <Page
      title={dialog ? dialog.client_name || dialog.chat_id : t("one")}
      badge={dialog && <WaitingBadge dialog={dialog} whole />}
      back={
        <Link to="/dialogs">
          <Icon name="arrowLeft" size={12} /> {t("title")}
        </Link>
      }
      layout="fill"
      actions={
        dialog &&
        can("scenarios.view") && (
          <Button
            variant="default"
            leftSection={<Icon name="flow" />}
            renderRoot={(props) => (
              <Link
                to="/dialog/bot-scenario/$id"
                params={{ id: String(dialog.bot_id) }}
                search={{ node: dialog.node_id ? String(dialog.node_id) : undefined }}
                {...props}
              />
            )}
          >
            {t("scenarioOf", { name: botName(dialog.bot_id) })}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {(shown) => (
          <div className={classes.dialog}>
            <Messages id={id} />
            <DialogSide dialog={shown} botName={botName(shown.bot_id)} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Messages({ id }: { id: number }) {
  const { t } = useTranslation("dialogs");
  const format = useFormat();
  const { query, messages } = useMessages(id);
  const fetchAgain = useFetchAgain(id);
  return (
    <div className={classes.thread}>
      <Loaded query={query}>
        {() =>
          messages.length === 0 ? (
            <EmptyState icon="message" title={t("noMessages")} />
          ) : (
            <Thread
              label={t("messages")}
              count={messages.length}
              before={
                query.hasNextPage && (
                  <div className={classes.earlier}>
                    <Button
                      variant="default"
                      loading={query.isFetchingNextPage}
                      onClick={() => query.fetchNextPage()}
                    >
                      {t("earlier")}
                    </Button>
                  </div>
                )
              }
            >
              {messages.map((message, index) => {
                const day = format.date(message.created_at);
                const before = messages[index - 1];
                const isNewDay = !before || format.date(before.created_at) !== day;
                return (
                  <Fragment key={message.id}>
                    {isNewDay && <Day>{day}</Day>}
                    <MessageView message={message} onFetchAgain={fetchAgain} />
                  </Fragment>
                );
              })}
            </Thread>
          )
        }
      </Loaded>
    </div>
  );
}
