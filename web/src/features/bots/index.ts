// What other features and routes may use of the bots.
export { BotPage } from "./BotPage";
export { BotsPage } from "./BotsPage";
export { useBot, useBotChoices } from "./queries";
