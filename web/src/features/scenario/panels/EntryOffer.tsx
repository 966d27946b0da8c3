// The part of an entry point's options that offers it to AI agents.
import { Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GraphNode } from "../graph/document";
import { begun, type Offer, offerOf, parametersOf, withOffer } from "../graph/offer";

type Props = { node: GraphNode; onChange: (node: GraphNode) => void };

export function EntryOffer({ node, onChange }: Props) {
  const { t } = useTranslation("agents");
  const offer = offerOf(node);
  const change = (changes: Partial<Offer>) => onChange(withOffer(node, { ...offer, ...changes }));
  const turn = (on: boolean) =>
    onChange(withOffer(node, on ? begun(node, offer) : { ...offer, offered: false }));
  return (
    <Stack gap="xs" mt="sm">
      <Switch
        label={t("offer.switch")}
        description={t("offer.hint")}
        checked={offer.offered}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      {offer.offered && (
        <>
          <TextInput
            label={t("offer.name")}
            description={t("offer.nameHint")}
            value={offer.name}
            maxLength={40}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t("offer.description")}
            description={t("offer.descriptionHint")}
            value={offer.description}
            maxLength={1000}
            autosize
            minRows={2}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <Parameters
            key={node.id}
            value={offer.parameters}
            onChange={(parameters) => change({ parameters })}
          />
        </>
      )}
    </Stack>
  );
}

type ParametersProps = {
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
};

/** Kept as text while it is typed; only what is well formed goes into the draft. */
function Parameters({ value, onChange }: ParametersProps) {
  const { t } = useTranslation("agents");
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const isBad = parametersOf(text) === null;
  const edit = (next: string) => {
    setText(next);
    const parsed = parametersOf(next);
    if (parsed) onChange(parsed);
  };
  return (
    <Textarea
      label={t("offer.parameters")}
      description={t("offer.parametersHint")}
      error={isBad ? t("offer.notJson") : undefined}
      value={text}
      autosize
      minRows={4}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
      onChange={(event) => edit(event.currentTarget.value)}
    />
  );
}
