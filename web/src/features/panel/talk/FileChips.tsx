// Attached files before they are sent.
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Icon } from "@/ui/Icon";
import { goesPlain } from "../logic/shown";
import type { Details } from "../types";
import classes from "./Composer.module.css";
import type { Uploads } from "./useUploads";

type Props = { uploads: Uploads; details: Details };

export function FileChips({ uploads, details }: Props) {
  const { t } = useTranslation(["panel", "panelTalk", "ui"]);
  const format = useFormat();
  if (uploads.files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t("panelTalk:files.label")}>
      {uploads.files.map(({ key, file, share, fileId, failed }) => (
        <li key={key} className={classes.file} data-failed={failed ? true : undefined}>
          <Icon name={file.type.startsWith("image/") ? "image" : "paperclip"} size={13} />
          <span className={classes.fileName} title={failed ?? file.name}>
            {failed ?? file.name}
          </span>
          {file.size > 0 && <span className={classes.fileNote}>{format.bytes(file.size)}</span>}
          {!failed && goesPlain(file, details) && (
            <span className={classes.fileNote}>{t("panelTalk:files.plain")}</span>
          )}
          {failed && (
            <ActionIcon
              size="sm"
              aria-label={`${t("ui:retry")}: ${file.name}`}
              onClick={() => uploads.again(key, file)}
            >
              <Icon name="refresh" size={13} />
            </ActionIcon>
          )}
          <ActionIcon
            size="sm"
            aria-label={t("panelTalk:files.remove", { name: file.name })}
            onClick={() => uploads.remove(key)}
          >
            <Icon name="close" size={13} />
          </ActionIcon>
          {!fileId && !failed && (
            <span
              className={classes.progress}
              role="progressbar"
              aria-label={file.name}
              aria-valuenow={Math.round(share * 100)}
              aria-valuemin={0}
              aria-valuemax={100}
              style={{ width: `${share * 100}%` }}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
