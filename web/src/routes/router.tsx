// Every address of the app in one tree.
import { createRouter } from "@tanstack/react-router";
import { queryClient } from "@/api/query";
import { RouteError } from "@/ui/feedback/ErrorBoundary";
import { LoadingPage } from "@/ui/feedback/States";
import { agentsRoute } from "./agents";
import { botRoute, botsRoute, olderBotRoutes } from "./bots";
import { broadcastTemplatesRoute } from "./broadcasts";
import { crmWidgetRoute } from "./crmWidget";
import { deliveriesRoute } from "./deliveries";
import { dialogRoute, dialogsRoute, runRoute } from "./dialogs";
import { esputnikRoute } from "./esputnik";
import { homeRoute } from "./home";
import { instanceRoute } from "./instance";
import { integrationsRoute, tryRequestRoute } from "./integrations";
import { keysRoute } from "./keys";
import { linksRoute, subscriptionsRoute } from "./links";
import { loginRoute } from "./login";
import { messengerRoute } from "./messenger";
import { skillGroupsRoute, statusesRoute, teamRoute } from "./operators";
import {
  closingRoute,
  distributionRoute,
  hotKeysRoute,
  operatorsRoute,
  opSettingsRoute,
  timersRoute,
} from "./opSettings";
import { panelRoute } from "./panel";
import { plainWords } from "./plainWords";
import { profileRoute } from "./profile";
import { queueRoute } from "./queue";
import { requestsRoute } from "./requests";
import { resetRoute } from "./reset";
import { appRoute, rootRoute } from "./root";
import { runsRoute } from "./runs";
import { scenarioRoute } from "./scenario";
import { secretsRoute } from "./secrets";
import { securityRoute } from "./security";
import { statusRoute } from "./status";
import { tagsRoute, topicsRoute } from "./topics";
import { usersRoute } from "./users";
import { webhooksRoute } from "./webhooks";
import { zohoRoute } from "./zoho";

const routeTree = rootRoute.addChildren([
  loginRoute,
  resetRoute,
  appRoute.addChildren([
    homeRoute,
    botsRoute,
    botRoute,
    ...olderBotRoutes,
    scenarioRoute,
    dialogsRoute,
    dialogRoute,
    runRoute,
    runsRoute,
    messengerRoute,
    panelRoute,
    deliveriesRoute,
    requestsRoute,
    integrationsRoute,
    agentsRoute,
    zohoRoute,
    crmWidgetRoute,
    esputnikRoute,
    tryRequestRoute,
    linksRoute,
    subscriptionsRoute,
    webhooksRoute,
    broadcastTemplatesRoute,
    keysRoute,
    secretsRoute,
    usersRoute,
    securityRoute,
    instanceRoute,
    statusRoute,
    opSettingsRoute,
    operatorsRoute,
    distributionRoute,
    timersRoute,
    closingRoute,
    hotKeysRoute,
    topicsRoute,
    tagsRoute,
    skillGroupsRoute,
    statusesRoute,
    teamRoute,
    queueRoute,
    profileRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  ...plainWords,
  defaultPreload: "intent",
  defaultErrorComponent: RouteError,
  defaultPendingComponent: () => <LoadingPage />,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
