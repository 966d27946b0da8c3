// What the app has for whoever answers clients, on every page.
export { AlertMenu } from "./AlertMenu";
export { OperatorCorner } from "./OperatorCorner";
export { folderCountsKey, markRequests, useFolderCounts } from "./queries";
