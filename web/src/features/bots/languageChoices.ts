// Languages that a bot may speak, named in the interface's language.
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

// The ones asked for most come first in the list of the field.
const codes =
  "en uk pl de fr es it pt ro cs sk hu bg lt lv et nl sv da fi no el tr ka hy az kk uz he ar fa hi zh ja ko vi th id sr hr sl sq mk".split(
    " ",
  );

export function useLanguageName(): (code: string) => string {
  const { i18n } = useTranslation();
  const names = useMemo(
    () => new Intl.DisplayNames([i18n.language], { type: "language" }),
    [i18n.language],
  );
  return useCallback(
    (code: string) => {
      const name = names.of(code) ?? code;
      return name.charAt(0).toLocaleUpperCase(i18n.language) + name.slice(1);
    },
    [names, i18n.language],
  );
}

export function useLanguageChoices(): { value: string; label: string }[] {
  const name = useLanguageName();
  return useMemo(() => codes.map((value) => ({ value, label: name(value) })), [name]);
}
