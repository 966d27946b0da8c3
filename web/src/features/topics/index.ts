// What other features and routes may use of topics and tags.
export { useCreateTag, useSettableTopics, useTags, useTopicChoices, useTopics } from "./queries";
export { TagsPage } from "./TagsPage";
export { TopicsPage } from "./TopicsPage";
