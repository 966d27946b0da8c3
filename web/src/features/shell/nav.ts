// The pages of the app, in the usual order of the menu, with the permission that shows each.
import type { IconName } from "@/ui/Icon";

export type NavItem = {
  to: string;
  label:
    | "bots"
    | "dialogs"
    | "runs"
    | "messenger"
    | "broadcastTemplates"
    | "deliveries"
    | "requests"
    | "integrations"
    | "links"
    | "subscriptions"
    | "webhooks"
    | "keys"
    | "secrets"
    | "users"
    | "security"
    | "instance"
    | "status"
    | "panel"
    | "team"
    | "queue"
    | "opSettings"
    | "topics"
    | "tags"
    | "operators"
    | "skillGroups"
    | "statuses"
    | "timers"
    | "distribution"
    | "closing"
    | "hotKeys";
  icon: IconName;
  permission: string;
  /** Where addresses begin that belong to it beside its own. */
  also?: string;
  /** The pages behind it; then it is shown to everyone who may see one of them. */
  pages?: NavItem[];
};

type NavGroup = {
  label: "work" | "panel" | "connections" | "administration";
  items: NavItem[];
};

const opSettings = "/settings-page/op-settings";

/** The settings of chats with operators, in the order of their tabs. */
export const opSettingsPages: NavItem[] = [
  { to: `${opSettings}/topics`, label: "topics", icon: "flow", permission: "topics.edit" },
  { to: `${opSettings}/tags`, label: "tags", icon: "pin", permission: "tags.edit" },
  {
    to: `${opSettings}/operators`,
    label: "operators",
    icon: "users",
    permission: "operators.edit",
  },
  {
    to: `${opSettings}/skill-groups`,
    label: "skillGroups",
    icon: "layout",
    permission: "operators.edit",
  },
  {
    to: `${opSettings}/statuses`,
    label: "statuses",
    icon: "pulse",
    permission: "op_settings.view",
  },
  { to: `${opSettings}/timers`, label: "timers", icon: "clock", permission: "op_settings.view" },
  {
    to: `${opSettings}/distribution`,
    label: "distribution",
    icon: "sort",
    permission: "op_settings.view",
  },
  { to: `${opSettings}/closing`, label: "closing", icon: "check", permission: "op_settings.view" },
  {
    to: `${opSettings}/hotkeys`,
    label: "hotKeys",
    icon: "keyboard",
    permission: "op_settings.view",
  },
];

const navigation: NavGroup[] = [
  {
    label: "work",
    items: [
      {
        to: "/bots",
        label: "bots",
        icon: "bot",
        permission: "bots.view",
        also: "/dialog/bot-scenario/",
      },
      { to: "/dialogs", label: "dialogs", icon: "message", permission: "dialogs.view" },
      { to: "/runs", label: "runs", icon: "play", permission: "runs.view" },
      { to: "/messenger", label: "messenger", icon: "phone", permission: "messenger.use" },
      {
        to: "/broadcasts/templates",
        label: "broadcastTemplates",
        icon: "send",
        permission: "broadcasts.view",
      },
    ],
  },
  {
    label: "panel",
    items: [
      {
        to: "/operator_panel/requests",
        label: "panel",
        icon: "inbox",
        permission: "requests.view",
      },
      { to: "/operator_panel/team", label: "team", icon: "users", permission: "operators.status" },
      {
        to: "/operator_panel/queue_status",
        label: "queue",
        icon: "clock",
        permission: "queue.view",
      },
      {
        to: opSettings,
        label: "opSettings",
        icon: "settings",
        permission: "op_settings.view",
        pages: opSettingsPages,
      },
    ],
  },
  {
    label: "connections",
    items: [
      {
        to: "/integrations",
        label: "integrations",
        icon: "layout",
        permission: "deliveries.view",
      },
      { to: "/links", label: "links", icon: "link", permission: "links.view" },
      {
        to: "/subscriptions",
        label: "subscriptions",
        icon: "bell",
        permission: "clients.edit",
      },
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
      {
        to: "/settings-page/instance",
        label: "instance",
        icon: "settings",
        permission: "instance.edit",
      },
      { to: "/status", label: "status", icon: "pulse", permission: "status.view" },
    ],
  },
];

type Can = (permission: string) => boolean;

function isVisible(item: NavItem, can: Can): boolean {
  return item.pages ? item.pages.some((page) => can(page.permission)) : can(item.permission);
}

/** Whoever answers clients and builds no bots has the panel first; it is also his first page. */
function inOrder(can: Can): NavGroup[] {
  if (!can("requests.take") || can("bots.edit")) return navigation;
  return [...navigation].sort(
    (one, other) => Number(other.label === "panel") - Number(one.label === "panel"),
  );
}

export function visibleGroups(can: Can): NavGroup[] {
  return inOrder(can)
    .map((group) => ({ ...group, items: group.items.filter((item) => isVisible(item, can)) }))
    .filter((group) => group.items.length > 0);
}

/** What can be gone to: an item with pages stands for those of them that are visible. */
export function visiblePages(group: NavGroup, can: Can): NavItem[] {
  return group.items.flatMap((item) => item.pages?.filter((page) => isVisible(page, can)) ?? item);
}
