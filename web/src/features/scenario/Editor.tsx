// The open draft with everything around it.
import { Button, Menu, SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "@/features/session";
import { downloadJson } from "@/ui/downloadJson";
import { showDone } from "@/ui/feedback/notify";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import { BackToBot } from "./BackToBot";
import { isJustStart } from "./graph/document";
import { ConflictBanner } from "./panels/ConflictBanner";
import { EntryPoints } from "./panels/EntryPoints";
import type { Version } from "./queries";
import { SaveStatus } from "./SaveStatus";
import classes from "./Scenario.module.css";
import type { Draft } from "./useDraft";
import { useView } from "./useView";
import { PublishDialog } from "./versions/PublishDialog";
import { VersionsDrawer } from "./versions/VersionsDrawer";
import type { EditorBot, View } from "./view";
import { Workspace } from "./Workspace";

type Dialog = "publish" | "versions" | "entryPoints" | null;
type Props = View & {
  bot: EditorBot;
  draft: Draft;
  active: Version | null;
  onActive: (version: Version | null) => void;
};

export function Editor({ bot, draft, active, onActive, search, onSearch }: Props) {
  const { t } = useTranslation("scenario");
  const can = useCan();
  const mayEdit = can("scenarios.edit");
  const view = useView(draft.graph, { search, onSearch });
  const [dialog, setDialog] = useState<Dialog>(null);
  const [showsProblems, setShowsProblems] = useState(false);
  const errors = draft.findings?.filter(({ level }) => level === "error").length ?? 0;
  const problems = draft.findings?.length ?? 0;
  const close = () => setDialog(null);
  const isEmpty = useMemo(() => isJustStart(draft.graph), [draft.graph]);

  const publish = async () => {
    if (await draft.save()) setDialog("publish");
  };
  const actions = (
    <>
      <Button
        variant="default"
        color={errors ? "red" : undefined}
        className={classes.compact}
        leftSection={<Icon name={problems ? "alert" : "check"} />}
        aria-pressed={showsProblems}
        onClick={() => {
          void draft.check();
          setShowsProblems(!showsProblems);
        }}
      >
        {problems > 0 && (
          <span className={classes.short} aria-hidden>
            {problems}
          </span>
        )}
        <span className={classes.label}>
          {problems ? t("problems.count", { count: problems }) : t("check")}
        </span>
      </Button>
      <Button
        variant="default"
        className={classes.compact}
        leftSection={<Icon name="history" />}
        onClick={() => setDialog("versions")}
      >
        <span className={classes.label}>{t("versions.title")}</span>
      </Button>
      {mayEdit && (
        <Button leftSection={<Icon name="play" />} onClick={publish} disabled={isEmpty}>
          {t("publish.open")}
        </Button>
      )}
      <RowMenu name={t("title")}>
        <Menu.Item leftSection={<Icon name="webhook" />} onClick={() => setDialog("entryPoints")}>
          {t("entryPoints.title")}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="arrowDown" />}
          onClick={() => downloadJson(bot.name, draft.graph)}
        >
          {t("download")}
        </Menu.Item>
      </RowMenu>
    </>
  );

  return (
    <Page
      title={t("titleOf", { name: bot.name })}
      badge={
        <>
          {active ? (
            <StatusBadge tone="ok">{t("activeVersion", { number: active.number })}</StatusBadge>
          ) : (
            <StatusBadge tone="idle">{t("notPublished")}</StatusBadge>
          )}
          {mayEdit && <SaveStatus draft={draft} />}
          <SegmentedControl
            size="xs"
            value={view.tab}
            onChange={view.showTab}
            aria-label={t("title")}
            data={[
              { value: "canvas", label: t("tabs.canvas") },
              { value: "json", label: t("tabs.json") },
            ]}
          />
        </>
      }
      back={<BackToBot id={bot.id} name={bot.name} />}
      layout="fill"
      actions={actions}
    >
      {draft.state === "conflict" && <ConflictBanner draft={draft} />}
      <div className={classes.workspace}>
        <Workspace
          draft={draft}
          view={view}
          bot={bot}
          mayEdit={mayEdit}
          isEmpty={isEmpty}
          hasDialog={dialog !== null}
          showsProblems={showsProblems}
          onProblems={setShowsProblems}
        />
      </div>
      {dialog === "publish" && (
        <PublishDialog
          botId={bot.id}
          draft={draft}
          active={active}
          mayActivate={can("scenarios.activate")}
          onOpenNode={view.open}
          onClose={close}
          onPublished={(version) => {
            if (version.active) onActive(version);
            showDone(t("publish.done", { number: version.number }));
            close();
          }}
        />
      )}
      <VersionsDrawer
        botId={bot.id}
        opened={dialog === "versions"}
        active={active?.number ?? null}
        mayEdit={mayEdit}
        mayRestore={can("scenarios.activate")}
        onShow={(number) => onSearch({ version: String(number), node: undefined })}
        onRestore={async (restore) => {
          const stored = await draft.replaceBy(restore);
          if (stored) onActive(stored.active);
          close();
        }}
        onClose={close}
      />
      <EntryPoints
        botId={bot.id}
        opened={dialog === "entryPoints"}
        onOpenNode={(id) => {
          close();
          view.open(id);
        }}
        onClose={close}
      />
    </Page>
  );
}
