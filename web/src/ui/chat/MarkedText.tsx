// Draws a text with marks; `words` may draw the texts between them in its own way.
import { Fragment, type ReactNode } from "react";
import type { Mark } from "./marks";

type Props = { marks: Mark[]; words?: (text: string) => ReactNode };

export function MarkedText({ marks, words = (text) => text }: Props) {
  let at = 0;
  return marks.map((mark) => {
    at += 1;
    if (typeof mark === "string") return <Fragment key={at}>{words(mark)}</Fragment>;
    const { tag: Tag, href, inside } = mark;
    const link = href && { href, target: "_blank", rel: "noreferrer" };
    return (
      <Tag key={at} {...link}>
        <MarkedText marks={inside} words={words} />
      </Tag>
    );
  });
}
