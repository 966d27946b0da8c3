// The panel in a frame of this page, as a CRM shows it to somebody it has no token for.
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "@/ui/page/Page";
import { heardIn, source, version } from "../frame/protocol";
import classes from "./TryFrame.module.css";

export function TryFrame({ opened }: { opened: boolean }) {
  const { t } = useTranslation("embed");
  const [isShown, setShown] = useState(opened);
  return (
    <Section title={t("try")} about={t("tryAbout")}>
      {isShown ? (
        <Frame />
      ) : (
        <div>
          <Button variant="default" onClick={() => setShown(true)}>
            {t("tryOpen")}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** Asked for a token, this page says that it has none, and the panel asks to sign in. */
function Frame() {
  const { t } = useTranslation("embed");
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const answer = (event: MessageEvent) => {
      const panel = frame.current?.contentWindow;
      if (!panel || event.source !== panel || event.origin !== window.location.origin) return;
      const said = heardIn(event.data);
      if (said?.type !== "token") return;
      const data = { token: null };
      panel.postMessage({ source, v: version, type: "token", id: said.id, data }, event.origin);
    };
    window.addEventListener("message", answer);
    return () => window.removeEventListener("message", answer);
  }, []);
  return (
    <iframe
      ref={frame}
      className={classes.frame}
      title={t("tryFrame")}
      src="/embed/operator-panel?view=list"
    />
  );
}
