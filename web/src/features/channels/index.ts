// What routes and other features use of channels.
export { ChannelsTab } from "./ChannelsTab";
export { useChannelChoices } from "./channelChoices";
export { useChannelName } from "./channelName";
