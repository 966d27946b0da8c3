// The English catalogue; its shape types every key of the interface.
import agents from "./agents.json";
import botGroups from "./botGroups.json";
import botOperators from "./botOperators.json";
import bots from "./bots.json";
import broadcasts from "./broadcasts.json";
import channels from "./channels.json";
import common from "./common.json";
import deliveries from "./deliveries.json";
import dialogs from "./dialogs.json";
import duty from "./duty.json";
import embed from "./embed.json";
import esputnik from "./esputnik.json";
import hotKeys from "./hotKeys.json";
import instance from "./instance.json";
import integrations from "./integrations.json";
import keys from "./keys.json";
import links from "./links.json";
import messenger from "./messenger.json";
import notices from "./notices.json";
import operators from "./operators.json";
import opSettings from "./opSettings.json";
import panel from "./panel.json";
import panelClient from "./panelClient.json";
import panelLater from "./panelLater.json";
import panelMany from "./panelMany.json";
import panelOther from "./panelOther.json";
import panelOutbound from "./panelOutbound.json";
import panelTalk from "./panelTalk.json";
import profile from "./profile.json";
import queue from "./queue.json";
import requestLog from "./requestLog.json";
import requests from "./requests.json";
import runs from "./runs.json";
import scenario from "./scenario.json";
import secrets from "./secrets.json";
import security from "./security.json";
import session from "./session.json";
import shell from "./shell.json";
import status from "./status.json";
import subscriptions from "./subscriptions.json";
import topics from "./topics.json";
import tryRequest from "./tryRequest.json";
import ui from "./ui.json";
import users from "./users.json";
import webhooks from "./webhooks.json";
import zoho from "./zoho.json";

const catalogue = {
  agents,
  botGroups,
  botOperators,
  bots,
  broadcasts,
  channels,
  common,
  deliveries,
  dialogs,
  duty,
  embed,
  esputnik,
  hotKeys,
  instance,
  integrations,
  keys,
  links,
  messenger,
  notices,
  operators,
  opSettings,
  panel,
  panelClient,
  panelMany,
  panelOther,
  panelOutbound,
  panelLater,
  panelTalk,
  profile,
  queue,
  requestLog,
  requests,
  runs,
  scenario,
  secrets,
  security,
  session,
  shell,
  status,
  subscriptions,
  topics,
  tryRequest,
  ui,
  users,
  webhooks,
  zoho,
};

export default catalogue;
