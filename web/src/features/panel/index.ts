// What the routes use of the operators' panel.
export { PanelPage } from "./PanelPage";
