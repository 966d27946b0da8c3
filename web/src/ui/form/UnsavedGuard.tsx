// Stops a way off the page while a form has changes, in the app and in the browser.
import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../ConfirmDialog";

type Props = {
  when: boolean;
  /** Tried before anybody is asked: whether everything is stored after it. */
  settle?: () => Promise<boolean>;
};

export function UnsavedGuard({ when, settle }: Props) {
  const { t } = useTranslation("ui");
  const blocker = useBlocker({
    // A change of the search part (filters, tabs in the address) stays on the page.
    shouldBlockFn: async ({ current, next }) =>
      when && current.pathname !== next.pathname && !(await settle?.()),
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={blocker.status === "blocked"}
      title={t("unsaved.title")}
      confirmLabel={t("unsaved.leave")}
      danger
      onClose={() => blocker.reset?.()}
      onConfirm={async () => blocker.proceed?.()}
    >
      {t("unsaved.text")}
    </ConfirmDialog>
  );
}
