// What routes use of the catalogue of integrations, and the pages of single ones.
export { BackToIntegrations } from "./BackToIntegrations";
export { IntegrationsPage } from "./IntegrationsPage";
