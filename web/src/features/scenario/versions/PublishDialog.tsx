// Makes a version of the draft: what changes, a comment, at once for clients or later.
import { Button, Checkbox, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/problem";
import { Loaded } from "@/ui/feedback/States";
import { FormProblem } from "@/ui/form/FormProblem";
import { type Finding, toFindings } from "../graph/problems";
import { FindingList } from "../panels/FindingList";
import { useDiff, usePublish, type Version } from "../queries";
import type { Draft } from "../useDraft";
import { DiffView } from "./DiffView";

type Props = {
  botId: number;
  draft: Draft;
  active: Version | null;
  mayActivate: boolean;
  onOpenNode: (id: number) => void;
  onPublished: (version: Version) => void;
  onClose: () => void;
};

export function PublishDialog(props: Props) {
  const { t } = useTranslation("scenario");
  return (
    <Modal opened onClose={props.onClose} title={t("publish.title")} size="lg">
      <Body {...props} />
    </Modal>
  );
}

function findingsOf(error: unknown): Finding[] {
  if (!(error instanceof ApiError) || error.status !== 422) return [];
  return toFindings(
    "error",
    error.errors.map(({ code = "", message, node_id, path }) => ({ code, message, node_id, path })),
  );
}

function Body({ botId, draft, active, mayActivate, onOpenNode, onPublished, onClose }: Props) {
  const { t } = useTranslation(["scenario", "ui"]);
  const publish = usePublish(botId);
  const [comment, setComment] = useState("");
  const [activate, setActivate] = useState(mayActivate);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const refused = findingsOf(failure);
  const open = (id: number) => {
    onClose();
    onOpenNode(id);
  };

  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const version = await draft.alone((rev) =>
        publish({ rev, comment: comment.trim(), activate }),
      );
      onPublished(version);
    } catch (error) {
      // The page says what to do about a draft that somebody else has changed.
      if (error instanceof ApiError && error.code === "stale_rev") return onClose();
      setFailure(error);
      const found = findingsOf(error);
      if (found.length > 0) draft.setFindings(found);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Stack gap="md">
      {active && <Changes botId={botId} active={active} onOpen={open} />}
      <Textarea
        label={t("publish.comment")}
        description={t("publish.commentHint")}
        value={comment}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {mayActivate && (
        <Checkbox
          label={t("publish.activate")}
          description={t("publish.activateHint")}
          checked={activate}
          onChange={(event) => setActivate(event.currentTarget.checked)}
        />
      )}
      {refused.length > 0 ? (
        <div role="alert">
          <p>{t("publish.refused", { count: refused.length })}</p>
          <FindingList findings={refused} onOpen={open} />
        </div>
      ) : (
        <FormProblem failure={failure} />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("ui:cancel")}
        </Button>
        <Button loading={busy} onClick={submit}>
          {activate ? t("publish.action") : t("publish.keep")}
        </Button>
      </Group>
    </Stack>
  );
}

type ChangesProps = { botId: number; active: Version; onOpen: (id: number) => void };

function Changes({ botId, active, onOpen }: ChangesProps) {
  const { t } = useTranslation("scenario");
  const query = useDiff(botId, String(active.number), "draft");
  return (
    <section>
      <p style={{ margin: "0 0 8px" }}>{t("publish.changes", { number: active.number })}</p>
      <div style={{ maxHeight: 260, overflow: "auto" }}>
        <Loaded query={query} rows={3}>
          {(diff) => <DiffView diff={diff} onOpen={onOpen} />}
        </Loaded>
      </div>
    </section>
  );
}
