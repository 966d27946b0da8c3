// One message of a conversation: who, what, files, buttons, and what became of it.
import type { ReactNode } from "react";
import { Icon, type IconName } from "../Icon";
import classes from "./Chat.module.css";

export type ChatButton = { id: string; text: string; url?: string; onPress?: () => void };

export type ChatFile = {
  kind: string;
  name: string;
  /** Without an address the file is still on its way, or gone. */
  url?: string;
  detail?: string;
  caption?: string;
};

type Props = {
  /** "out" is said by our side, "in" by the client, "note" by nobody. */
  side: "in" | "out" | "note";
  /** "note" is read by colleagues only, "bot" was said without a human. */
  tone?: "note" | "bot";
  author?: ReactNode;
  /** What the message answers. */
  quote?: ReactNode;
  text?: ReactNode;
  files?: ChatFile[];
  rows?: ChatButton[][];
  /** Buttons under the message, or a keyboard in place of the phone's. */
  inline?: boolean;
  foot?: ReactNode;
  /** What can be done with the message, beside it. */
  menu?: ReactNode;
  /** The message's place in its conversation, to be scrolled to. */
  place?: number;
  /** Pointed out: what was looked for. */
  isSpot?: boolean;
  /** Taken back: only the trace of it is shown. */
  isGone?: boolean;
  children?: ReactNode;
};

export function Bubble({
  side,
  tone,
  author,
  quote,
  text,
  files = [],
  rows = [],
  inline,
  foot,
  menu,
  place,
  isSpot,
  isGone,
  children,
}: Props) {
  return (
    <li
      className={classes.item}
      data-side={side}
      data-tone={tone}
      data-place={place}
      data-spot={isSpot || undefined}
      data-gone={isGone || undefined}
    >
      <div className={classes.bubble}>
        {author && <span className={classes.author}>{author}</span>}
        {quote}
        {files.map((file) => (
          <FileView key={`${file.kind} ${file.name} ${file.url}`} file={file} />
        ))}
        {text && <p className={classes.text}>{text}</p>}
        {children}
        {foot && <span className={classes.foot}>{foot}</span>}
      </div>
      {menu && <div className={classes.menu}>{menu}</div>}
      {rows.length > 0 && <Buttons rows={rows} inline={inline ?? false} />}
    </li>
  );
}

function Buttons({ rows, inline }: { rows: ChatButton[][]; inline: boolean }) {
  return (
    <div className={classes.keyboard} data-inline={inline || undefined}>
      {rows.map((row) => (
        <div key={row.map(({ id }) => id).join(" ")} className={classes.row}>
          {row.map((button) => (
            <OneButton key={button.id} button={button} />
          ))}
        </div>
      ))}
    </div>
  );
}

function OneButton({ button }: { button: ChatButton }) {
  if (button.url) {
    return (
      <a className={classes.button} href={button.url} target="_blank" rel="noreferrer">
        {button.text} <Icon name="external" size={12} />
      </a>
    );
  }
  if (!button.onPress) return <span className={classes.button}>{button.text}</span>;
  return (
    <button type="button" className={classes.button} onClick={button.onPress}>
      {button.text}
    </button>
  );
}

const fileIcons: Record<string, IconName> = {
  image: "image",
  sticker: "image",
  video: "play",
  audio: "play",
  voice: "play",
  location: "place",
  contact: "phone",
};

function FileView({ file }: { file: ChatFile }) {
  const { kind, name, url, detail, caption } = file;
  const body = (
    <>
      <Icon name={fileIcons[kind] ?? "paperclip"} />
      <span className={classes.fileText}>
        <span>{name}</span>
        {detail && <small>{detail}</small>}
      </span>
    </>
  );
  return (
    <>
      {kind === "image" && url ? (
        <a href={url} target="_blank" rel="noreferrer">
          <img className={classes.image} src={url} alt={caption || name} loading="lazy" />
        </a>
      ) : url ? (
        <a className={classes.file} href={url} target="_blank" rel="noreferrer">
          {body}
        </a>
      ) : (
        <span className={classes.file}>{body}</span>
      )}
      {caption && <p className={classes.text}>{caption}</p>}
    </>
  );
}
