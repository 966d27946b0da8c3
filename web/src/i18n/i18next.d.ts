// Types the keys and parameters of every text by the English catalogue.
import "i18next";
import type catalogue from "./en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof catalogue;
  }
}
