// What routes and other features use of the links.
export { EntryLinks } from "./EntryLinks";
export { LinksPage } from "./LinksPage";
export { type AddUtm, OutgoingTags } from "./OutgoingTags";
export { parsePairs } from "./pairs";
