// The scrolling list of messages; stays at the newest unless the reader went up.
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
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
  /** A place (of a Bubble) or the end, to be scrolled to as soon as it stands. */
  goal?: number | "end" | null;
  onGoal?: () => void;
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
  goal = null,
  onGoal,
  onEnd,
  children,
}: Props) {
  const box = useRef<HTMLDivElement>(null);
  const stays = useRef(true);
  const fromEnd = useRef(0);
  const shownFirst = useRef(first);
  const followed = useRef(follows);
  const height = useRef(0);

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

  useLayoutEffect(() => {
    const element = box.current;
    if (goal === null || !element) return;
    if (goal === "end") {
      if (!follows) return;
      element.scrollTop = element.scrollHeight;
    } else {
      const line = element.querySelector(`[data-place="${goal}"]`);
      if (!line) return;
      line.scrollIntoView({ block: "center" });
    }
    look();
    onGoal?.();
  });

  const toEnd = () => {
    const element = box.current;
    if (element && stays.current && followed.current) element.scrollTop = element.scrollHeight;
  };
  // A form that opens below, or a picture that loads, hides nothing of the newest message.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, it works on what is current
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const keep = new ResizeObserver(toEnd);
    for (const watched of [element, ...element.querySelectorAll("ol")]) keep.observe(watched);
    return () => keep.disconnect();
  }, []);

  const look = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    fromEnd.current = scrollHeight - scrollTop;
    height.current = scrollHeight - clientHeight;
    stays.current = fromEnd.current - clientHeight < near;
    onEnd?.(stays.current);
  };

  const onScroll = () => {
    const { scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    // Moved by a change of size, not by the reader.
    if (scrollHeight - clientHeight !== height.current) toEnd();
    look();
    if ((box.current?.scrollTop ?? 0) < nearStart) onNearStart?.();
    if (fromEnd.current - clientHeight < nearStart) onNearEnd?.();
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
