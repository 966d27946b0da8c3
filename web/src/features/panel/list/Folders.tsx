// The folders with what each holds now; Alt and a digit opens one.
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFolderCounts } from "@/features/duty";
import { useHotkey } from "@/ui/keys/useHotkey";
import { type Counters, type Folder, folders } from "../types";
import classes from "./List.module.css";

function countOf(folder: Folder, counters: Counters | undefined): number | null {
  if (!counters || folder === "closed") return null;
  return folder === "bot" ? counters.with_bot : counters[folder];
}

/** The queue has a folder only where requests are distributed. */
function shownFolders(counters: Counters | undefined): Folder[] {
  return folders.filter((folder) => folder !== "queue" || counters?.queue !== null);
}

export function Folders({ current }: { current: Folder }) {
  const { t } = useTranslation("panel");
  const counters = useFolderCounts();
  const shown = shownFolders(counters);
  return (
    <nav className={classes.folders} aria-label={t("folders.label")}>
      {shown.map((folder, index) => (
        <OneFolder
          key={folder}
          folder={folder}
          digit={index + 1}
          current={folder === current}
          count={countOf(folder, counters)}
          unread={folder === "my" ? (counters?.my_unread ?? 0) : 0}
        />
      ))}
    </nav>
  );
}

type Props = {
  folder: Folder;
  digit: number;
  current: boolean;
  count: number | null;
  unread: number;
};

function OneFolder({ folder, digit, current, count, unread }: Props) {
  const { t } = useTranslation("panel");
  const navigate = useNavigate();
  const label = t(`folders.${folder}`);
  const search = (before: Record<string, unknown>) => ({ ...before, folder, q: undefined });
  useHotkey(`folder_${digit}`, t("keys.folder", { label }), () =>
    navigate({ to: ".", search: search as never }),
  );
  return (
    <Link
      to="/operator_panel/requests/{-$number}"
      search={search as never}
      params={(before) => before}
      className={classes.folder}
      aria-current={current ? "page" : undefined}
    >
      <span>{label}</span>
      {count !== null && (
        <span className={classes.count} data-unread={unread > 0 || undefined}>
          {unread > 0 ? t("folders.unreadOf", { unread, count }) : count}
        </span>
      )}
    </Link>
  );
}
