// A text with the colleagues it names marked; `words` draws what is written.
import type { ReactNode } from "react";
import type { Mentioned } from "../../types";
import classes from "./Mention.module.css";
import { namedParts } from "./mentions";

type Props = { text: string; people?: Mentioned[]; words?: (text: string) => ReactNode };

export function NamedText({ text, people = [], words = (part) => part }: Props) {
  let at = 0;
  return namedParts(text, people).map((part) => {
    at += part.text.length;
    const drawn = words(part.text);
    return (
      <span key={at} className={part.who && classes.name}>
        {drawn}
      </span>
    );
  });
}
