// The pages of the app, in the order of the menu, with the permission that shows each.
import type { IconName } from "@/ui/Icon";

export type NavItem = {
  to: string;
  label:
    | "bots"
    | "dialogs"
    | "messenger"
    | "deliveries"
    | "requests"
    | "webhooks"
    | "keys"
    | "secrets"
    | "users"
    | "security"
    | "status";
  icon: IconName;
  permission: string;
};

export type NavGroup = { label: "work" | "connections" | "administration"; items: NavItem[] };

export const navigation: NavGroup[] = [
  {
    label: "work",
    items: [
      { to: "/bots", label: "bots", icon: "bot", permission: "bots.view" },
      { to: "/dialogs", label: "dialogs", icon: "message", permission: "dialogs.view" },
      { to: "/messenger", label: "messenger", icon: "phone", permission: "messenger.use" },
    ],
  },
  {
    label: "connections",
    items: [
      { to: "/webhooks", label: "webhooks", icon: "webhook", permission: "webhooks.view" },
      { to: "/deliveries", label: "deliveries", icon: "send", permission: "deliveries.view" },
      { to: "/request-log", label: "requests", icon: "list", permission: "deliveries.view" },
      { to: "/keys", label: "keys", icon: "key", permission: "keys.view" },
      { to: "/secrets", label: "secrets", icon: "lock", permission: "secrets.view" },
    ],
  },
  {
    label: "administration",
    items: [
      { to: "/users", label: "users", icon: "users", permission: "users.view" },
      { to: "/security", label: "security", icon: "shield", permission: "auth.view" },
      { to: "/status", label: "status", icon: "pulse", permission: "status.view" },
    ],
  },
];

export function visibleGroups(can: (permission: string) => boolean): NavGroup[] {
  return navigation
    .map((group) => ({ ...group, items: group.items.filter((item) => can(item.permission)) }))
    .filter((group) => group.items.length > 0);
}
