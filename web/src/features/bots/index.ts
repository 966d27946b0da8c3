// What other features and routes may use of the bots.
export { BotPage } from "./BotPage";
export { BotsPage } from "./BotsPage";
export { useLanguageChoices, useLanguageName } from "./languageChoices";
export { useBot, useBotChoices, useBotChoicesQuery } from "./queries";
