// What routes use of the settings of chats.
export { ClosingPage } from "./ClosingPage";
export { DistributionPage } from "./DistributionPage";
export { HotKeysPage } from "./HotKeysPage";
export { OperatorsPage } from "./OperatorsPage";
export { TimersPage } from "./TimersPage";
