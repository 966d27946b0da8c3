// One version in the history, with its comment to be edited in place.
import { ActionIcon, Button, Group, Menu, Textarea, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showProblem } from "@/ui/feedback/notify";
import { Icon } from "@/ui/Icon";
import { RelativeTime } from "@/ui/RelativeTime";
import { RowMenu } from "@/ui/RowMenu";
import { StatusBadge } from "@/ui/StatusBadge";
import { useDescribeVersion, type Version } from "../queries";
import classes from "./Versions.module.css";

type Props = {
  botId: number;
  version: Version;
  mayEdit: boolean;
  onShow: () => void;
  onCompare: () => void;
  onRestore?: () => void;
};

export function VersionRow({ botId, version, mayEdit, onShow, onCompare, onRestore }: Props) {
  const { t } = useTranslation(["scenario", "common"]);
  const describe = useDescribeVersion(botId);
  const [editing, setEditing] = useState(false);
  const title = t("versions.number", { number: version.number });
  const origin =
    version.source === "restore"
      ? t("versions.source.restore", { number: version.restored_from ?? 0 })
      : t(`versions.source.${version.source}`);
  const pinLabel = version.pinned ? t("versions.unpin") : t("versions.pin");

  return (
    <li className={classes.row} data-active={version.active || undefined}>
      <div className={classes.head}>
        <b>{title}</b>
        {version.active && <StatusBadge tone="ok">{t("versions.current")}</StatusBadge>}
        <span className={classes.tools}>
          {mayEdit && (
            <Tooltip label={pinLabel}>
              <ActionIcon
                aria-label={pinLabel}
                aria-pressed={version.pinned}
                color={version.pinned ? "accent" : "gray"}
                onClick={() =>
                  describe({ number: version.number, pinned: !version.pinned }).catch(showProblem)
                }
              >
                <Icon name="pin" />
              </ActionIcon>
            </Tooltip>
          )}
          <RowMenu name={title}>
            <Menu.Item leftSection={<Icon name="eye" />} onClick={onShow}>
              {t("versions.show")}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="columns" />} onClick={onCompare}>
              {t("versions.compare")}
            </Menu.Item>
            {mayEdit && (
              <Menu.Item leftSection={<Icon name="edit" />} onClick={() => setEditing(true)}>
                {t("versions.editComment")}
              </Menu.Item>
            )}
            {onRestore && (
              <Menu.Item leftSection={<Icon name="history" />} onClick={onRestore}>
                {t("versions.restore")}
              </Menu.Item>
            )}
          </RowMenu>
        </span>
      </div>
      <div className={classes.meta}>
        <RelativeTime at={version.created_at} /> · {version.author} · {origin}
      </div>
      {editing ? (
        <CommentForm
          comment={version.comment}
          onSave={(comment) => describe({ number: version.number, comment })}
          onClose={() => setEditing(false)}
        />
      ) : (
        version.comment && <p className={classes.comment}>{version.comment}</p>
      )}
    </li>
  );
}

type FormProps = {
  comment: string;
  onSave: (comment: string) => Promise<unknown>;
  onClose: () => void;
};

function CommentForm({ comment, onSave, onClose }: FormProps) {
  const { t } = useTranslation(["scenario", "common", "ui"]);
  const [text, setText] = useState(comment);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await onSave(text.trim());
      onClose();
    } catch (error) {
      showProblem(error);
      setBusy(false);
    }
  };
  return (
    <div className={classes.form}>
      <Textarea
        aria-label={t("versions.comment")}
        value={text}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button loading={busy} onClick={save}>
          {t("common:save")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("ui:cancel")}
        </Button>
      </Group>
    </div>
  );
}
