// What routes use of the channels of a bot.
export { ChannelsTab } from "./ChannelsTab";
