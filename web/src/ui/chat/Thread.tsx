// The scrolling list of messages; stays at the newest unless the reader went up.
import { type ReactNode, useLayoutEffect, useRef } from "react";
import classes from "./Chat.module.css";

type Props = { label: string; count: number; before?: ReactNode; children: ReactNode };

const near = 80;

export function Thread({ label, count, before, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const stays = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new message moves the end
  useLayoutEffect(() => {
    if (stays.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [count]);

  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = box.current ?? {};
    stays.current = scrollHeight - scrollTop - clientHeight < near;
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
