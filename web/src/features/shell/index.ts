// What the routes use of the shell.
export { opSettingsPages, visibleGroups } from "./nav";
export { OpSettingsPage } from "./OpSettingsPage";
export { ThemeSwitch } from "./ProfileMenu";
export { Shell } from "./Shell";
