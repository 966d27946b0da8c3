// A link to a page of the app whose address comes from the server, with its search part.
import { useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, MouseEvent } from "react";

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string };

/** Pages outside the app (`/api-docs`, `/docs/…`) open beside it. */
function isOutside(to: string): boolean {
  return !to.startsWith("/") || to.startsWith("/api-docs") || to.startsWith("/docs");
}

export function AppLink({ to, onClick, ...props }: Props) {
  const router = useRouter();
  if (isOutside(to)) return <a href={to} target="_blank" rel="noreferrer" {...props} />;
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0;
    if (event.defaultPrevented || !isPlain) return;
    event.preventDefault();
    router.history.push(to);
  };
  return <a href={to} onClick={go} {...props} />;
}
