// What routes use of the webhooks.
export { WebhooksPage } from "./WebhooksPage";
