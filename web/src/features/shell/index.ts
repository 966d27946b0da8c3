// What the routes use of the shell.
export { visibleGroups } from "./nav";
export { ThemeSwitch } from "./ProfileMenu";
export { Shell } from "./Shell";
