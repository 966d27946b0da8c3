// What routes and the list of runs use of the dialogs.
export { DialogPage } from "./DialogPage";
export { DialogsPage, useBotName } from "./DialogsPage";
export { RunBadge, useTriggerName } from "./RunBadge";
export { RunPage } from "./RunPage";
