// Adds or changes a user; a new one gets a password now or a link to choose it.
import { MultiSelect, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBotChoices } from "@/features/bots";
import { usePasswordHint } from "@/features/session";
import { languageNames, languages } from "@/i18n";
import { currentZone } from "@/i18n/zone";
import { showDone } from "@/ui/feedback/notify";
import { FormDrawer } from "@/ui/form/FormDrawer";
import { HiddenInput } from "@/ui/form/HiddenInput";
import { PictureField } from "@/ui/form/PictureField";
import { useApiForm } from "@/ui/form/useApiForm";
import { ZoneSelect } from "@/ui/form/ZoneSelect";
import { LinkOnce } from "./LinkOnce";
import {
  type NewUser,
  type User,
  useCreateUser,
  usePutPicture,
  useRemovePicture,
  useResetLink,
  useRoles,
  useUpdateUser,
} from "./queries";

type Values = {
  first_name: string;
  last_name: string;
  email: string;
  role: string;
  language: NewUser["language"];
  timezone: string;
  bot_ids: string[];
  password: string;
};

function initialOf(user: User | null): Values {
  return {
    first_name: user?.first_name ?? "",
    last_name: user?.last_name ?? "",
    email: user?.email ?? "",
    role: user?.role ?? "operator",
    language: (user?.language as Values["language"]) ?? "en",
    timezone: user?.timezone ?? currentZone(),
    bot_ids: user?.bot_ids.map(String) ?? [],
    password: "",
  };
}

type Props = { user: User | "new"; onClose: () => void };

export function UserForm({ user: given, onClose }: Props) {
  const { t } = useTranslation(["users", "common"]);
  const user = given === "new" ? null : given;
  const roles = useRoles();
  const rules = usePasswordHint();
  const bots = useBotChoices();
  const create = useCreateUser();
  const update = useUpdateUser();
  const makeLink = useResetLink();
  const [entry, setEntry] = useState<"link" | "password">("link");
  const [link, setLink] = useState<string | null>(null);

  const save = async ({ password, ...values }: Values) => {
    const body = { ...values, bot_ids: values.bot_ids.map(Number) };
    if (user) return update({ id: user.id, body });
    const withPassword = entry === "password";
    const rest = { topic_ids: [], must_change_password: withPassword };
    const created = await create({ ...body, ...rest, password: withPassword ? password : null });
    if (!withPassword) setLink((await makeLink(created.id)).url);
    return created;
  };

  const form = useApiForm({
    initial: initialOf(user),
    submit: save,
    onDone: () => {
      // The link stays on screen; it says by itself that the user is there.
      if (!user && entry === "link") return;
      showDone(user ? t("common:saved") : t("added"));
      onClose();
    },
  });

  return (
    <FormDrawer
      opened
      title={user ? user.name : t("add")}
      form={form}
      submitLabel={user ? t("common:save") : t("add")}
      onClose={onClose}
      done={link ? <LinkOnce url={link} /> : undefined}
    >
      {user && <UserPicture user={user} />}
      <TextInput label={t("firstName")} required data-autofocus {...form.bindText("first_name")} />
      <TextInput label={t("lastName")} {...form.bindText("last_name")} />
      <TextInput label={t("email")} type="email" required {...form.bindText("email")} />
      <Select
        label={t("role")}
        description={t("roleHint")}
        data={roles.map((role) => ({ value: role.alias, label: role.name }))}
        {...form.bind("role")}
        onChange={(role) => form.set("role", role ?? "")}
      />
      <MultiSelect
        label={t("bots")}
        description={t("botsHint")}
        placeholder={form.values.bot_ids.length ? undefined : t("common:all")}
        data={bots}
        searchable
        clearable
        {...form.bind("bot_ids")}
      />
      <Select
        label={t("language")}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
        {...form.bind("language")}
        onChange={(value) => form.set("language", (value ?? "en") as Values["language"])}
      />
      <ZoneSelect label={t("timezone")} {...form.bind("timezone")} />
      {!user && (
        <SegmentedControl
          aria-label={t("entry.label")}
          value={entry}
          onChange={(value) => setEntry(value as typeof entry)}
          data={[
            { value: "link", label: t("entry.link") },
            { value: "password", label: t("entry.password") },
          ]}
        />
      )}
      {!user && entry === "password" && (
        <HiddenInput
          label={t("password")}
          description={[rules, t("passwordHint")].filter(Boolean).join(" ")}
          autoComplete="new-password"
          {...form.bindText("password")}
        />
      )}
    </FormDrawer>
  );
}

function UserPicture({ user }: { user: User }) {
  const [picture, setPicture] = useState(user.picture);
  const put = usePutPicture(user.id);
  const remove = useRemovePicture(user.id);
  return (
    <PictureField
      name={user.name}
      picture={picture}
      onPut={async (file) => setPicture((await put(file)).picture)}
      onRemove={async () => {
        await remove();
        setPicture(null);
      }}
    />
  );
}
