// What a new password has to be, in words.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, send } from "@/api/client";
import type { components } from "@/api/schema";

export type PasswordRules = components["schemas"]["PasswordRules"];
export const passwordClasses = ["lower", "upper", "digit", "symbol"] as const;

export function useRulesInWords(rules: PasswordRules | undefined): string | undefined {
  const { t } = useTranslation("session");
  if (!rules) return undefined;
  const needed = passwordClasses.filter((one) => rules.classes.includes(one));
  return [
    t("rules.length", { count: rules.min_length }),
    ...needed.map((one) => t(`rules.${one}`)),
    ...(rules.history > 0 ? [t("rules.history", { count: rules.history })] : []),
  ].join(" ");
}

/** The rules of this instance in words, for whoever is signed in. */
export function usePasswordHint(): string | undefined {
  const query = useQuery({
    queryKey: ["password-rules"],
    queryFn: ({ signal }) => send(api.GET("/api/v1/auth/password-rules", { signal })),
    staleTime: 60_000,
  });
  return useRulesInWords(query.data);
}
