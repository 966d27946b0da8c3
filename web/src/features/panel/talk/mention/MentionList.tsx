// Colleagues to name in a note, above the field in which the name is typed.
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Mention.module.css";
import type { MentionChoice } from "./useMentioning";

export function MentionList({ id, isOpen, people, at, choose, mark }: MentionChoice) {
  const { t } = useTranslation("panelTalk");
  const chosen = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each one that is marked
  useEffect(() => {
    chosen.current?.scrollIntoView({ block: "nearest" });
  }, [at]);
  if (!isOpen) return null;
  return (
    <div id={id} role="listbox" aria-label={t("mention.list")} className={classes.list}>
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
        <div
          key={person.id}
          id={`${id}-${person.id}`}
          ref={index === at ? chosen : undefined}
          role="option"
          aria-selected={index === at}
          className={classes.option}
          onMouseMove={() => mark(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(person)}
        >
          {person.name}
        </div>
      ))}
      {people.length === 0 && (
        <p className={classes.nobody} role="status">
          {t("mention.nobody")}
        </p>
      )}
    </div>
  );
}
