// One's own account: name, language, zone, look, password, second factor, sessions.
import { Button, Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { OwnKeys } from "@/features/hotKeys";
import { LanguageSwitch, type Me, SessionList, useMe } from "@/features/session";
import { ThemeSwitch } from "@/features/shell";
import { setZone } from "@/i18n/zone";
import { showDone } from "@/ui/feedback/notify";
import { FormProblem } from "@/ui/form/FormProblem";
import { PictureField } from "@/ui/form/PictureField";
import { UnsavedGuard } from "@/ui/form/UnsavedGuard";
import { useApiForm } from "@/ui/form/useApiForm";
import { ZoneSelect } from "@/ui/form/ZoneSelect";
import { Page, Section } from "@/ui/page/Page";
import { PasswordSection } from "./PasswordSection";
import {
  useEndSession,
  useMySessions,
  usePutPicture,
  useRemovePicture,
  useSaveProfile,
} from "./queries";
import { TotpSection } from "./TotpSection";

export function ProfilePage() {
  const { t } = useTranslation("profile");
  const me = useMe();
  if (!me) return null;
  return (
    <Page title={t("title")} about={me.email}>
      <div>
        <AboutMe key={me.id} me={me} />
        <Look />
        <PasswordSection totp={me.totp_enabled} />
        <TotpSection on={me.totp_enabled} codesLeft={me.recovery_codes_left} />
        <Sessions />
        <OwnKeys />
      </div>
    </Page>
  );
}

function AboutMe({ me }: { me: Me }) {
  const { t } = useTranslation(["profile", "common"]);
  const save = useSaveProfile();
  const form = useApiForm({
    initial: { first_name: me.first_name, last_name: me.last_name, timezone: me.timezone },
    submit: save,
    onDone: (saved) => {
      setZone(saved.timezone);
      showDone(t("common:saved"));
    },
  });
  return (
    <Section title={t("about.title")} about={t("about.text")}>
      <PictureField
        name={me.name}
        picture={me.picture}
        description={t("about.pictureHint")}
        onPut={usePutPicture()}
        onRemove={useRemovePicture()}
      />
      <form onSubmit={form.onSubmit} style={{ display: "contents" }}>
        <TextInput label={t("about.firstName")} required {...form.bindText("first_name")} />
        <TextInput label={t("about.lastName")} {...form.bindText("last_name")} />
        <ZoneSelect
          label={t("about.timezone")}
          description={t("about.timezoneHint")}
          {...form.bind("timezone")}
        />
        <FormProblem failure={form.failure} shownFields={Object.keys(form.values)} />
        <Group>
          <Button type="submit" loading={form.busy} disabled={!form.dirty}>
            {t("common:save")}
          </Button>
        </Group>
      </form>
      <UnsavedGuard when={form.dirty} />
    </Section>
  );
}

function Look() {
  const { t } = useTranslation("profile");
  const save = useSaveProfile();
  return (
    <Section title={t("look.title")} about={t("look.text")}>
      <Group>
        <LanguageSwitch onChosen={(language) => save({ language })} />
        <ThemeSwitch />
      </Group>
    </Section>
  );
}

function Sessions() {
  const { t } = useTranslation("profile");
  const sessions = useMySessions();
  const end = useEndSession();
  return (
    <Section title={t("sessions.title")} about={t("sessions.text")}>
      <SessionList source={sessions} onEnd={(session) => end(session.id)} />
    </Section>
  );
}
