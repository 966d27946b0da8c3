// The part of a refusal that no field of the form shows.
import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/problem";
import { problemText, requestIdOf } from "../feedback/notify";
import { Icon } from "../Icon";

type Props = { failure: unknown; shownFields?: string[] };

export function FormProblem({ failure, shownFields = [] }: Props) {
  const { t } = useTranslation("ui");
  if (failure === null || failure === undefined) return null;
  const errors = failure instanceof ApiError ? failure.errors : [];
  const hidden = errors.filter(
    ({ field }) => !shownFields.includes(field.split(/[.[]/)[0] ?? field),
  );
  if (errors.length > 0 && hidden.length === 0) return null;
  const requestId = requestIdOf(failure);
  return (
    <Alert color="red" role="alert" icon={<Icon name="alert" />}>
      <Text size="sm">{problemText(failure)}</Text>
      {hidden.map(({ field, message }) => (
        <Text size="sm" key={field}>
          <code>{field}</code> {message}
        </Text>
      ))}
      {requestId && (
        <Text size="xs" c="dimmed">
          {t("problem.requestId")} <code>{requestId}</code>
        </Text>
      )}
    </Alert>
  );
}
