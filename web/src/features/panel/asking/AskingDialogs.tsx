// The dialogs of an opened request: close, hand on, block.
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Details } from "../types";
import type { Asking } from "./asking";
import { BlockForm } from "./BlockForm";
import { CloseForm } from "./CloseForm";
import { TransferForm } from "./TransferForm";

type Props = { details: Details; asking: Asking; onClose: () => void };

export function AskingDialogs({ details, asking, onClose }: Props) {
  const { t } = useTranslation(["panel", "ui"]);
  const { id, client_name } = details.request;
  const titles = {
    close: t("panel:close.title", { id }),
    transfer: t("panel:transfer.title", { id }),
    bot: t("panel:transfer.title", { id }),
    block: t("panel:block.title", { name: client_name }),
  };
  return (
    <Modal
      opened={asking !== null}
      onClose={onClose}
      title={asking ? titles[asking] : ""}
      closeButtonProps={{ "aria-label": t("ui:close") }}
    >
      {asking === "close" && <CloseForm details={details} onDone={onClose} />}
      {(asking === "transfer" || asking === "bot") && (
        <TransferForm
          details={details}
          to={asking === "bot" ? "bot" : undefined}
          onDone={onClose}
        />
      )}
      {asking === "block" && <BlockForm details={details} onDone={onClose} />}
    </Modal>
  );
}
