// The scrolling list of messages; stays at the newest unless the reader went up.
import { type ReactNode, useLayoutEffect, useRef } from "react";
import classes from "./Chat.module.css";

type Props = {
  label: string;
  count: number;
  /** Names the first message: when older ones come before it, what is read stays in its place. */
  first?: string | number;
  before?: ReactNode;
  /** False while the last message shown is not the newest: what comes behind it moves nothing. */
  follows?: boolean;
  /** The reader comes near the oldest message, or near the last one. */
  onNearStart?: () => void;
  onNearEnd?: () => void;
  /** Whether the newest message is in sight. */
  onEnd?: (atEnd: boolean) => void;
  children: ReactNode;
};

const near = 80;
const nearStart = 300;

export function Thread({
  label,
  count,
  first,
  before,
  follows = true,
  onNearStart,
  onNearEnd,
  onEnd,
  children,
}: Props) {
  const box = useRef<HTMLDivElement>(null);
  const stays = useRef(true);
  const fromEnd = useRef(0);
  const shownFirst = useRef(first);
  const followed = useRef(follows);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new message moves the end
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (stays.current && follows && followed.current) element.scrollTop = element.scrollHeight;
    else if (shownFirst.current !== first) {
      element.scrollTop = element.scrollHeight - fromEnd.current;
    }
    shownFirst.current = first;
    followed.current = follows;
    look();
    // A short list is at its start from the beginning.
    if (element.scrollHeight <= element.clientHeight) {
      onNearStart?.();
      onNearEnd?.();
    }
  }, [count, first, follows]);

  const look = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    fromEnd.current = scrollHeight - scrollTop;
    stays.current = fromEnd.current - clientHeight < near;
    onEnd?.(stays.current);
  };

  const onScroll = () => {
    look();
    if ((box.current?.scrollTop ?? 0) < nearStart) onNearStart?.();
    if (fromEnd.current - (box.current?.clientHeight ?? 0) < nearStart) onNearEnd?.();
  };
  return (
    <section
      ref={box}
      className={classes.scroll}
      onScroll={onScroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached by keyboard
      tabIndex={0}
      aria-label={label}
    >
      {before}
      <ol className={classes.thread} aria-live="polite">
        {children}
      </ol>
    </section>
  );
}

export function Day({ children }: { children: ReactNode }) {
  return <li className={classes.day}>{children}</li>;
}
