// In the menu of the app: one's own status; beside it, alerts and the number in the tab's title.
import { useEffect } from "react";
import { useCan, useMe } from "@/features/session";
import { setBadge } from "@/ui/page/title";
import { useFolderCounts } from "./queries";
import { StatusSwitch } from "./StatusSwitch";
import { useAlerts, useOverstays } from "./useAlerts";

export function OperatorCorner({ folded }: { folded: boolean }) {
  const can = useCan();
  const me = useMe();
  if (!me || !can("requests.take")) return null;
  return (
    <>
      {can("operators.view") && <Overstays me={me.id} leads={can("operators.status")} />}
      <Corner me={me.id} leads={can("requests.assign_any")} folded={folded} />
    </>
  );
}

function Overstays({ me, leads }: { me: number; leads: boolean }) {
  useOverstays(me, leads);
  return null;
}

function Corner({ me, leads, folded }: { me: number; leads: boolean; folded: boolean }) {
  useAlerts(me, leads);
  const unread = useFolderCounts()?.my_unread ?? 0;
  useEffect(() => {
    setBadge(unread);
    return () => setBadge(0);
  }, [unread]);
  return <StatusSwitch folded={folded} />;
}
