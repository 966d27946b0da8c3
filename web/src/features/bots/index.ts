// What other features and routes may use of the bots.
export { BotPage } from "./BotPage";
export { BotsPage } from "./BotsPage";
export { useChannelName } from "./channelName";
export { useBot, useBotChoices } from "./queries";
