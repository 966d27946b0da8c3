// The operations of a document, to be searched and chosen from.
import { Badge, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/Icon";
import type { Values } from "./mapping";
import { searched } from "./operations";
import type { ImportedDocument } from "./queries";
import classes from "./TryRequest.module.css";

const SEARCHED_FROM = 8;

type Props = { document: ImportedDocument; onTake: (id: string, values: Values) => void };

export function OperationList({ document, onTake }: Props) {
  const { t } = useTranslation("tryRequest");
  const [wanted, setWanted] = useState("");
  const { operations } = document;
  const found = searched(operations, wanted);
  return (
    <>
      <Text size="sm" fw={600}>
        {t("import.found", { title: document.title, count: operations.length })}
      </Text>
      {operations.length >= SEARCHED_FROM && (
        <TextInput
          aria-label={t("import.search")}
          placeholder={t("import.search")}
          leftSection={<Icon name="search" />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul className={classes.operations} aria-label={t("import.operations")}>
        {found.map((one) => (
          <li key={one.id}>
            <UnstyledButton
              className={classes.operation}
              onClick={() => onTake(one.id, one.config as Values)}
            >
              <Badge size="sm" radius="sm" variant="light" className={classes.method}>
                {one.method}
              </Badge>
              <span>
                <code className={classes.path}>{one.path}</code>
                {one.deprecated && (
                  <Badge size="xs" color="yellow" variant="light" ml={6}>
                    {t("import.deprecated")}
                  </Badge>
                )}
                <Text size="xs" c="dimmed" component="span" display="block">
                  {one.summary}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("import.nothing")}
        </Text>
      )}
    </>
  );
}
