export { ChannelsTab } from "./ChannelsTab";
