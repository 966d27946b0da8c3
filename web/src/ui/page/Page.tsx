// The frame of every page: title, what it is about, actions, and the content below.
import { Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import classes from "./Page.module.css";
import { setTitle } from "./title";

type PageProps = {
  title: string;
  /** Shown beside the title: a status, an id. */
  badge?: ReactNode;
  /** One sentence that says what the page is for. */
  about?: ReactNode;
  /** A link to the list above. */
  back?: ReactNode;
  actions?: ReactNode;
  /** Links to the pages beside this one. */
  tabs?: ReactNode;
  /** "fill" gives the content the rest of the height: tables, canvases. */
  layout?: "flow" | "fill";
  children: ReactNode;
};

export function Page(props: PageProps) {
  const { title, badge, about, back, actions, tabs, layout = "flow", children } = props;
  useEffect(() => setTitle(title), [title]);

  return (
    <div className={classes.page} data-layout={layout}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {back && <div className={classes.back}>{back}</div>}
          <div className={classes.titleRow}>
            <Title order={1} className={classes.title}>
              {title}
            </Title>
            {badge}
          </div>
          {about && <p className={classes.about}>{about}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {tabs}
      <div className={classes.content}>{children}</div>
    </div>
  );
}

type SectionProps = {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** A titled part of a page: label and explanation left, controls right where there is room. */
export function Section({ title, about, actions, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionText}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {about && <p className={classes.about}>{about}</p>}
        {actions}
      </div>
      <div className={classes.sectionBody}>{children}</div>
    </section>
  );
}

/** The buttons of a form made of sections, below their controls. */
export function SectionActions({ children }: { children: ReactNode }) {
  return <div className={classes.sectionActions}>{children}</div>;
}
