// The frame around the panel: own status, the shown chat, and what the page around hears.
import { Anchor, Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { OperatorCorner } from "@/features/duty";
import { ClientClick, ClientPane, PanelPage, type PanelPlace } from "@/features/panel";
import { useCan } from "@/features/session";
import { showProblem } from "@/ui/feedback/notify";
import { EmptyState } from "@/ui/feedback/States";
import { setProduct } from "@/ui/page/title";
import { desk, type Go, openContext } from "./commands";
import { entrance } from "./entrance";
import classes from "./Frame.module.css";
import { parent } from "./parent";
import { type Client, looks } from "./place";
import type { Data } from "./protocol";
import { useTelling } from "./useTelling";

type Props = { number?: number; place: PanelPlace };

export function EmbedFrame({ number, place }: Props) {
  const navigate = useNavigate();
  const go = useCallback<Go>(
    (to) =>
      void navigate({
        to: "/operator_panel/requests/{-$number}",
        params: { number: to === undefined ? undefined : String(to) },
        search: true,
      }),
    [navigate],
  );
  useCommands(go);
  useTelling(number);
  const product = useProduct();
  const clicked = useCallback(
    (external_id: string | null) => parent.tell("client_clicked", { external_id }),
    [],
  );
  return (
    <ClientClick value={clicked}>
      <div className={classes.frame}>
        <header className={classes.bar}>
          <span className={classes.product}>{product}</span>
          <div className={classes.status}>
            <OperatorCorner folded={false} />
          </div>
        </header>
        <main className={classes.main}>
          <Shown number={number} place={place} go={go} />
        </main>
      </div>
    </ClientClick>
  );
}

/** The name that the panel bears here; it may change with the next token. */
function useProduct(): string {
  const entry = useSyncExternalStore(entrance.watch, entrance.get);
  const product = entry.step === "in" ? entry.session.title : "";
  useEffect(() => setProduct(product), [product]);
  return product;
}

/** What was in the token is opened first, then whatever the page around asks for. */
function useCommands(go: Go): void {
  const begun = useRef(false);
  useEffect(() => {
    desk.open(go);
    return () => desk.open(null);
  }, [go]);
  useEffect(() => {
    const entry = entrance.get();
    if (begun.current || entry.step !== "in") return;
    begun.current = true;
    desk.take({ type: "setContext", id: null, data: entry.session.context });
  }, []);
}

function Shown({ number, place, go }: Props & { go: Go }) {
  const { t } = useTranslation("embed");
  const { place: what, view } = useSyncExternalStore(looks.watch, looks.get);
  const toPanel = () => looks.set({ place: { kind: "panel" } });
  const toList = () => {
    toPanel();
    go(undefined);
  };
  if (what.kind === "unknown") return <Unknown {...what} go={go} onList={toList} />;
  if (what.kind === "silent") return <Silent client={what.client} onList={toList} />;
  if (what.kind === "client") {
    return (
      <div className={classes.card}>
        <Button variant="default" onClick={toPanel}>
          {t("openChat")}
        </Button>
        <ClientPane number={what.number} />
      </div>
    );
  }
  return <PanelPage number={number} place={place} alone={view !== "list"} />;
}

type UnknownProps = { message: string; context: Data; go: Go; onList: () => void };

function Unknown({ message, context, go, onList }: UnknownProps) {
  const { t } = useTranslation("embed");
  const may = useCan()("clients.edit") && !context.chat_id;
  const create = () => openContext({ ...context, create: true }, go).catch(showProblem);
  return (
    <EmptyState
      icon="users"
      title={message}
      action={
        <>
          {may && (
            <Button mr="xs" onClick={create}>
              {t("create")}
            </Button>
          )}
          <Button variant="default" onClick={onList}>
            {t("toList")}
          </Button>
        </>
      }
    />
  );
}

function Silent({ client, onList }: { client: Client; onList: () => void }) {
  const { t } = useTranslation(["embed", "panel"]);
  return (
    <EmptyState
      icon="message"
      title={client.name}
      text={
        <>
          {t("embed:silent")}
          {client.record_url && (
            <div>
              <Anchor href={client.record_url} target="_blank" rel="noreferrer">
                {t("panel:fact.record")}
              </Anchor>
            </div>
          )}
        </>
      }
      action={
        <Button variant="default" onClick={onList}>
          {t("embed:toList")}
        </Button>
      }
    />
  );
}
