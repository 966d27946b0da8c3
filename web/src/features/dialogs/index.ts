// What routes use of the dialogs.
export { DialogPage } from "./DialogPage";
export { DialogsPage } from "./DialogsPage";
export { RunPage } from "./RunPage";
