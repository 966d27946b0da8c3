// Beside the button that sends: the same words at another moment.
import { Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { Icon } from "@/ui/Icon";
import { IconMenu } from "@/ui/IconMenu";
import { momentsAfter } from "./moments";
import { PickMoment } from "./PickMoment";

const dayMs = 86_400_000;

type Props = { canSend: boolean; onSend: (sendAt: string) => void };

export function SendLater({ canSend, onSend }: Props) {
  const { t } = useTranslation("panelLater");
  const [picking, setPicking] = useState(false);
  return (
    <>
      <IconMenu icon="clock" hint={t("open")} disabled={!canSend}>
        <Presets onSend={onSend} />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="edit" />} onClick={() => setPicking(true)}>
          {t("pick.open")}
        </Menu.Item>
      </IconMenu>
      <PickMoment
        opened={picking}
        onClose={() => setPicking(false)}
        at={new Date(Date.now() + dayMs)}
        onPick={async (sendAt) => onSend(sendAt)}
      />
    </>
  );
}

function Presets({ onSend }: Pick<Props, "onSend">) {
  const { t } = useTranslation("panelLater");
  const format = useFormat();
  return momentsAfter(Date.now(), format.timeZone).map(({ name, at }) => (
    <Menu.Item
      key={name}
      leftSection={<Icon name="clock" />}
      onClick={() => onSend(at.toISOString())}
    >
      {t(`preset.${name}`, { time: format.time(at) })}
    </Menu.Item>
  ));
}
