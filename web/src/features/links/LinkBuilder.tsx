// Builds a link: the address lives while one types; what it cannot carry is kept as a Link.
import { Alert, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { useApiForm } from "@/ui/form/useApiForm";
import { Icon } from "@/ui/Icon";
import { LinkDays } from "./LinkDays";
import { LinkFields } from "./LinkFields";
import { drawn, drawnOf, LinkShown } from "./LinkShown";
import classes from "./Links.module.css";
import { pairsText, parsePairs } from "./pairs";
import { type DeepLink, useCreateLink, usePreview, useUpdateLink } from "./queries";
import { type LinkValues, linkBody, nothing, previewBody, valuesOf } from "./values";

type Props = {
  link: DeepLink | "new";
  /** Where a new one leads, as far as that is known. */
  botId?: string;
  nodeId?: string;
  onClose: () => void;
};

export function LinkBuilder({ link, botId, nodeId, onClose }: Props) {
  const { t } = useTranslation(["links", "common"]);
  const old = link === "new" ? null : link;
  const create = useCreateLink();
  const update = useUpdateLink();
  const [made, setMade] = useState<DeepLink | null>(null);
  const form = useApiForm<LinkValues, void>({
    initial: old
      ? valuesOf(old, pairsText)
      : { ...nothing, bot_id: botId ?? null, node_id: nodeId ?? null },
    check: ({ bot_id, channel, payload }) => ({
      ...(bot_id ? {} : { bot_id: t("links:form.choose") }),
      ...(channel ? {} : { channel: t("links:form.choose") }),
      ...(parsePairs(payload) ? {} : { payload: t("links:form.badPayload") }),
    }),
    submit: async (values) => {
      const { bot_id, channel, ...body } = linkBody(values);
      if (old) await update({ code: old.code, body });
      else setMade(await create({ bot_id, channel, ...body }));
    },
    onDone: () => {
      if (!old) return;
      showDone(t("common:saved"));
      onClose();
    },
  });
  return (
    <FormDrawer
      opened
      title={old ? old.label || old.code : t("links:add")}
      form={form}
      submitLabel={old ? t("common:save") : t("links:form.keep")}
      onClose={onClose}
      done={
        made && <LinkShown addresses={made.addresses} qr={drawnOf(made.code)} name={made.code} />
      }
    >
      {old && <LinkDays link={old} />}
      <LinkFields form={form} fixed={old !== null}>
        <div className={classes.live}>
          {old ? (
            <LinkShown addresses={old.addresses} qr={drawnOf(old.code)} name={old.code} />
          ) : (
            <Live values={form.values} />
          )}
        </div>
      </LinkFields>
    </FormDrawer>
  );
}

/** What the address would be now. */
function Live({ values }: { values: LinkValues }) {
  const { t } = useTranslation("links");
  const [settled] = useDebouncedValue(values, 250);
  const preview = usePreview(previewBody(settled)).data;
  if (!previewBody(settled)) {
    return (
      <Text size="sm" c="dimmed">
        {t("live.choose")}
      </Text>
    );
  }
  if (!preview) return null;
  if (preview.why_code) {
    const why = preview.why_code as "too_long";
    return (
      <Alert color="blue" icon={<Icon name="help" />} title={t("live.needsLink")}>
        {t(`live.why.${why}`)}
      </Alert>
    );
  }
  if (!preview.addresses) return null;
  return (
    <>
      <Text size="sm" fw={600} mb="xs">
        {t("live.without")}
      </Text>
      <LinkShown
        addresses={preview.addresses}
        qr={drawn(preview.qr_svg ?? "")}
        name={preview.param || "start"}
      />
    </>
  );
}
