// What the routes use of the operators' panel, and who shows it within other sites.
export { ClientClick } from "./clientClick";
export { useRequest as usePanelRequest } from "./data/requests";
export type { Place as PanelPlace } from "./list/place";
export { PanelPage } from "./PanelPage";
export { ClientPane } from "./side/ClientPane";
