"""Refusals that take a state of their own, and the tests at home that meet them."""

from fnmatch import fnmatchcase
from typing import Final

# What takes a state of its own: the test at home that meets it, and the word it meets it by.
HOMES: Final = {
    "turns": "src/connective/modules/turns/tests/test_custom_channel_hook.py",
    "doors": "tests/contracts/test_channel_doors.py",
    "telegram": "src/connective/adapters/telegram/tests/test_telegram_account.py",
    "sign_in": "src/connective/modules/accounts/tests/test_sign_in.py",
    "rules": "src/connective/modules/accounts/tests/test_session_rules.py",
    "reset": "src/connective/modules/accounts/tests/test_reset_links.py",
    "pictures": "src/connective/modules/accounts/tests/test_pictures.py",
    "accounts": "src/connective/modules/channels/accounts/tests/test_channel_accounts.py",
    "call_node": "src/connective/modules/integrations/call_node/tests/test_call_node.py",
    "busy": "src/connective/modules/integrations/call_node/tests/test_call_node_busy.py",
    "mcp": "src/connective/modules/mcp/tests/test_mcp_tools.py",
    "push": "src/connective/modules/esputnik/tests/test_esputnik_push.py",
    "files": "src/connective/modules/files/tests/test_files_http.py",
    "links_of_files": "src/connective/modules/files/tests/test_files_service.py",
    "users": "src/connective/modules/accounts/tests/test_users_api.py",
    "topics": "src/connective/modules/topics/tests/test_topics_http.py",
    "operators": "src/connective/modules/operators/tests/test_operators_http.py",
    "uses": "src/connective/modules/requests/tests/test_bot_operators.py",
    "second_factor": "src/connective/modules/accounts/tests/test_second_factor.py",
    "links_http": "src/connective/modules/links/tests/test_links_http.py",
    "links": "src/connective/modules/links/tests/test_links_in_turns.py",
    "drafts": "src/connective/modules/scenarios/tests/test_drafts.py",
    "chats": "src/connective/modules/requests/tests/test_lifecycle_of_chats.py",
    "talking": "src/connective/modules/requests/tests/test_talking.py",
    "scheduled": "src/connective/modules/requests/tests/test_scheduled_messages.py",
    "templates": "src/connective/modules/broadcasts/tests/test_broadcast_route.py",
    "limits": "tests/contracts/test_limits.py",
}
ELSEWHERE: Final[dict[str, tuple[str, str, str]]] = {
    "401 POST /messengers_host/{bot_id}/custom_channel/hooks": (
        *("turns", "test_strangers_are_told_why_they_are_refused", "401"),
    ),
    "401 * /messengers_host/{bot_id}/{channel}/hooks": (
        *("doors", "test_what_proves_nothing_is_refused_and_leaves_nothing", "401"),
    ),
    "405 GET /messengers_host/*": (
        *("telegram", "test_saving_a_token_asks_who_we_are_and_sets_the_webhook", "405"),
    ),
    "409 POST /messengers_host/*": (
        *("turns", "test_a_disabled_channel_answers_409_and_an_inactive_bot_stores", "409"),
    ),
    "429 POST /messengers_host/*": (
        *("turns", "test_more_updates_a_second_than_allowed_get_429", "update_rate"),
    ),
    "401 POST /api/v1/auth/reset": (
        *("reset", "test_a_link_sets_the_password_once_and_ends_every_session", "401"),
    ),
    "410 POST /api/v1/auth/reset*": (
        *("reset", "test_an_unknown_token_is_refused_like_an_old_one", "410"),
    ),
    "403 POST /api/v1/auth/login": (
        *("rules", "test_a_role_works_only_from_its_networks", "network_refused"),
    ),
    "429 POST /api/v1/auth/login": (
        *("sign_in", "test_an_unknown_email_is_counted_just_the_same", "429"),
    ),
    "409 PUT /api/v1/auth/settings": (
        *("rules", "test_networks_that_shut_out_the_one_who_sets_them_need_his_word"),
        "networks_exclude_you",
    ),
    "409 DELETE /api/v1/users/*": ("users", "test_nobody_shuts_himself_out", "own_account"),
    "415 PUT */picture": ("pictures", "test_what_is_no_picture_is_refused", "415"),
    "404 PUT /api/v1/users/*/picture": (
        *("pictures", "test_who_manages_people_gives_and_takes_pictures", "404"),
    ),
    "403 * /kw/api/call_node*": (
        *("call_node", "test_a_key_of_another_bot_or_without_the_scope_is_refused", "403"),
    ),
    "4?? * /kw/api/call_node*": (
        *("call_node", "test_what_stands_in_the_way_of_a_run_is_told_by_a_code", "bot_inactive"),
    ),
    "409 POST /api/v1/runs": (
        *("call_node", "test_what_stands_in_the_way_of_a_run_is_told_by_a_code", "409"),
    ),
    "409 POST /api/v1/runs/bulk": (
        *("busy", "test_a_channel_that_is_switched_off_starts_nothing", "409"),
    ),
    "405 POST /api/v1/runs": (
        *("call_node", "test_a_method_that_is_switched_off_is_refused", "405"),
    ),
    "410 * /files/*": (
        *("links_of_files", "test_a_link_opens_one_file_until_it_ends", "link_expired"),
    ),
    "416 * /files/*": (
        *("files", "test_an_uploaded_file_is_read_by_its_link_without_signing_in", "416"),
    ),
    "403 POST /mcp": (
        *("mcp", "test_what_does_not_fit_is_told_by_its_field_and_missing_scopes_by_name", "403"),
    ),
    "4?? POST /kw/esputnik/push-contacts": (
        *("push", "test_the_documented_call_says_what_is_wrong", "409"),
    ),
    "409 DELETE /api/v1/topics/*": (
        *("topics", "test_a_topic_that_another_feature_uses_stays_and_keeps_its_alias", "409"),
    ),
    "409 * /api/v1/operator-statuses/*": (
        *("operators", "test_a_deleted_status_cannot_be_set", "status_is_system"),
    ),
    "409 DELETE /api/v1/skill-groups/*": (
        *("uses", "test_what_a_bot_relies_on_is_not_deleted_and_works_no_more_when_it_is_off"),
        "group_in_use",
    ),
    "409 PATCH /api/v1/channels/*": (
        *("accounts", "test_what_a_provider_agreed_to_is_not_kept_once_the_account_is_another"),
        "channel_changed",
    ),
    "412 * /api/v1/channels/*": (
        *("accounts", "test_only_who_may_sees_and_changes_accounts", "412"),
    ),
    "409 POST /api/v1/auth/totp/recovery-codes": (
        *("second_factor", "test_switching_off_takes_the_password_and_a_code", "totp_off"),
    ),
    "404 GET /api/v1/links/channels": (
        *("links_http", "test_whoever_may_not_see_links_does_not", "/channels"),
    ),
    "409 PATCH /api/v1/links/*": (
        *("links", "test_an_entry_point_is_begun_at_by_its_own_address", "link_of_entry"),
    ),
    "409 PUT */scenario/draft": (
        *("drafts", "test_a_stale_revision_is_refused_with_the_stored_one_and_changes_nothing"),
        "stale_rev",
    ),
    "409 PATCH /api/v1/*/{request_id}": (
        *("chats", "test_a_state_that_cannot_follow_is_refused", "request_closed"),
    ),
    "409 * /api/v1/*/messages/{message_id}": (
        *("talking", "test_ones_own_message_is_corrected_and_taken_back", "message_gone"),
    ),
    "409 POST /api/v1/*/scheduled-messages": (
        *("scheduled", "test_twenty_wait_in_a_request_at_most", "too_many_scheduled"),
    ),
    "409 * /api/v1/*/scheduled-messages/{scheduled_id}*": (
        *("scheduled", "test_a_scheduled_message_is_sent_at_its_time_once_and_in_order"),
        "scheduled_sent",
    ),
    "409 DELETE /api/v1/broadcast-templates/*": (
        *("templates", "test_a_message_for_later_waits_and_keeps_its_version_of_the_template"),
        "template_in_use",
    ),
    "429 * /u/*": ("limits", "test_nobody_gains_a_call_by_naming_other_addresses", "/u/nobody"),
    "429 GET /l/*": ("limits", "test_nobody_gains_a_call_by_naming_other_addresses", "/l/"),
}


def is_elsewhere(pair: str) -> bool:
    """Whether `409 DELETE /path` is met at home."""
    return any(fnmatchcase(pair, like) for like in ELSEWHERE)
