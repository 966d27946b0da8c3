// The newest of what I was told; what is about a request leads there.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "@/ui/RelativeTime";
import classes from "./Notices.module.css";
import type { Notice } from "./queries";

type Props = { notices: Notice[]; onLeave: () => void };

export function NoticeList({ notices, onLeave }: Props) {
  const { t } = useTranslation("notices");
  if (notices.length === 0) return <p className={classes.empty}>{t("empty")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it
    <ul className={classes.list} tabIndex={0} aria-label={t("title")} data-autofocus>
      {notices.map((notice) => (
        <li key={notice.id} className={classes.notice} data-unread={!notice.read_at || undefined}>
          <div className={classes.head}>
            <span>{t(`kind.${notice.kind}`, { name: notice.from_name || t("unnamed") })}</span>
            <span className={classes.at}>
              <RelativeTime at={notice.at} />
            </span>
          </div>
          <div className={classes.text}>{notice.text}</div>
          {notice.request_id !== null && (
            <Link
              to="/operator_panel/requests/{-$number}"
              params={{ number: String(notice.request_id) }}
              onClick={onLeave}
            >
              {t("request", { number: notice.request_id })}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
