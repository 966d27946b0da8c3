// In the menu of the app: one's own status; beside it, alerts and the number in the tab's title.
import { useEffect } from "react";
import { useCan, useMe } from "@/features/session";
import { setBadge } from "@/ui/page/title";
import { useFolderCounts } from "./queries";
import { StatusSwitch } from "./StatusSwitch";
import { useAlerts } from "./useAlerts";

export function OperatorCorner({ folded }: { folded: boolean }) {
  const can = useCan();
  const me = useMe();
  if (!me || !can("requests.take")) return null;
  return <Corner me={me.id} folded={folded} />;
}

function Corner({ me, folded }: { me: number; folded: boolean }) {
  useAlerts(me);
  const unread = useFolderCounts()?.my_unread ?? 0;
  useEffect(() => {
    setBadge(unread);
    return () => setBadge(0);
  }, [unread]);
  return <StatusSwitch folded={folded} />;
}
