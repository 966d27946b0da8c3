// What the routes and the start of the app use of the panel within other sites.
export { EmbedApp } from "./frame/EmbedApp";
export { EmbedFrame } from "./frame/EmbedFrame";
export { CrmWidgetPage } from "./settings/CrmWidgetPage";
