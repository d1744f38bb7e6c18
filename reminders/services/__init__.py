"""Verbs on messages, replies, rules and words."""

from reminders.services.agreements import end_agreement, record_agreement
from reminders.services.calling import Speech, answer_call, press_key
from reminders.services.conversing import assign_inbound, receive_inbound, resolve_inbound
from reminders.services.from_page import ask_for_address, ask_to_move, say_from_page
from reminders.services.handing import hand_message, take_back_message
from reminders.services.heard import Reply
from reminders.services.outbox import (
    decide_held,
    dismiss_message,
    hold_gap,
    mark_call_done,
    resend_message,
    resume_channel,
    set_sender_rate,
)
from reminders.services.settings import (
    RuleDetails,
    add_rule,
    change_rule,
    change_template,
    check_template,
    ensure_default_rules,
    restore_template,
)
from reminders.services.trials import ask_trial
from reminders.services.writing import (
    AS_USUAL,
    FOR_GUARDIANS,
    Leave,
    plan_outreach,
    write_after_miss,
    write_to_client,
)

__all__ = [
    "AS_USUAL",
    "FOR_GUARDIANS",
    "Leave",
    "Reply",
    "RuleDetails",
    "Speech",
    "add_rule",
    "answer_call",
    "ask_for_address",
    "ask_to_move",
    "ask_trial",
    "assign_inbound",
    "change_rule",
    "change_template",
    "check_template",
    "decide_held",
    "dismiss_message",
    "end_agreement",
    "ensure_default_rules",
    "hand_message",
    "hold_gap",
    "mark_call_done",
    "plan_outreach",
    "press_key",
    "receive_inbound",
    "record_agreement",
    "resend_message",
    "resolve_inbound",
    "restore_template",
    "resume_channel",
    "say_from_page",
    "set_sender_rate",
    "take_back_message",
    "write_after_miss",
    "write_to_client",
]
