// Nodes in words and by icon, for pages that speak of them.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import { isKind, kindOf } from "./canvas/kinds";

export function useNodeName(): (node: { type: string; name?: string }) => string {
  const { t } = useTranslation("scenario");
  return useCallback(({ type, name }) => name || (isKind(type) ? t(`kinds.${type}`) : type), [t]);
}

export function KindIcon({ type }: { type: string }) {
  return <Icon name={kindOf(type).icon} size={14} />;
}
