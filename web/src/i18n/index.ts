// Languages of the interface: one catalogue chunk per language, switched without a reload.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { isEmbedded } from "@/api/bearer";

export const languages = ["en", "uk"] as const;
export type Language = (typeof languages)[number];

/** Each language is offered under its own name. */
export const languageNames: Record<Language, string> = { en: "English", uk: "Українська" };

const storageKey = "connective.language";
const catalogues = {
  en: () => import("./en"),
  uk: () => import("./uk"),
} satisfies Record<Language, () => Promise<{ default: object }>>;

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** `?lang=`, then the last choice on this device, then the browser's order of preference. */
function preferredLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get("lang");
  if (isLanguage(asked)) return asked;
  const stored = window.localStorage.getItem(storageKey);
  if (isLanguage(stored)) return stored;
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);
  return known ?? "en";
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}

async function load(language: Language): Promise<void> {
  const catalogue = (await catalogues[language]()).default;
  for (const [namespace, texts] of Object.entries(catalogue)) {
    i18next.addResourceBundle(language, namespace, texts);
  }
}

export async function startI18n(language: Language = preferredLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: languages,
    defaultNS: "common",
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: "added" },
  });
  await load(language);
  document.documentElement.lang = language;
}

export async function setLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  // a page within another site speaks its language, and leaves the choice made here alone
  if (!isEmbedded) window.localStorage.setItem(storageKey, language);
}
