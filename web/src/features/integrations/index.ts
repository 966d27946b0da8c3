// What routes use of the catalogue of integrations.
export { IntegrationsPage } from "./IntegrationsPage";
