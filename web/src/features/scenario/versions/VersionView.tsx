// An older version on the canvas, to look at.
import { Alert, Button } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, Loaded } from "@/ui/feedback/States";
import { Icon } from "@/ui/Icon";
import { Page } from "@/ui/page/Page";
import { RelativeTime } from "@/ui/RelativeTime";
import { BackToBot } from "../BackToBot";
import { Canvas } from "../canvas/Canvas";
import { plainLook } from "../canvas/flow";
import { type Graph, isGraph } from "../graph/document";
import { prepare } from "../graph/prepare";
import { Inspector } from "../panels/Inspector";
import { useVersion, type VersionWithGraph } from "../queries";
import classes from "../Scenario.module.css";
import { Toolbar } from "../Toolbar";
import { useView } from "../useView";
import type { EditorBot, View } from "../view";

type Props = View & { bot: EditorBot; number: number };

export function VersionView({ bot, number, search, onSearch }: Props) {
  const { t } = useTranslation("scenario");
  const query = useVersion(bot.id, number);
  return (
    <Page
      title={t("versionOf", { number, name: bot.name })}
      back={<BackToBot id={bot.id} name={bot.name} />}
      layout="fill"
      actions={
        <Button
          leftSection={<Icon name="edit" />}
          onClick={() => onSearch({ version: undefined, node: undefined })}
        >
          {t("toDraft")}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ data }) =>
          isGraph(data.graph) ? (
            <Drawn bot={bot} version={data} stored={data.graph} view={{ search, onSearch }} />
          ) : (
            <EmptyState title={t("json.notADocument")} />
          )
        }
      </Loaded>
    </Page>
  );
}

type DrawnProps = { bot: EditorBot; version: VersionWithGraph; stored: Graph; view: View };

function Drawn({ bot, version, stored, view }: DrawnProps) {
  const { t } = useTranslation("scenario");
  const language = bot.languages[0] ?? "en";
  const graph = useMemo(() => prepare(stored, language), [stored, language]);
  const shown = useView(graph, view);
  const look = useMemo(() => ({ ...plainLook, language }), [language]);
  return (
    <>
      <Alert color="gray" icon={<Icon name="history" />}>
        {t("versions.readOnly", { number: version.number, author: version.author })}{" "}
        <RelativeTime at={version.created_at} />
        {version.comment && ` · ${version.comment}`}
      </Alert>
      <div className={classes.workspace}>
        <Toolbar
          graph={graph}
          sectionId={shown.sectionId}
          language={language}
          findings={look.findings}
          onSection={shown.showSection}
          onFind={(node) => shown.open(node.id)}
        />
        <div className={classes.main}>
          <Canvas
            graph={graph}
            sectionId={shown.sectionId}
            look={look}
            label={t("canvas.label")}
            selectedId={shown.node?.id ?? null}
            onSelect={shown.select}
          />
          {shown.node && (
            <Inspector
              graph={graph}
              node={shown.node}
              language={language}
              findings={[]}
              onSelect={shown.select}
            />
          )}
        </div>
      </div>
    </>
  );
}
