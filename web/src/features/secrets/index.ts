// What routes use of the secrets.
export { SecretsPage } from "./SecretsPage";
