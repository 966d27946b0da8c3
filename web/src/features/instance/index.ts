// What routes use of the instance's own settings.
export { InstancePage } from "./InstancePage";
