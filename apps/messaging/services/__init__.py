"""Writes of threads: `threads` makes and marks them, `sending` and `lines` add to them through
`entries`, `reports` goes to support, `saved_replies` is of hosts."""

from apps.messaging.services.lines import change_note, request_note
from apps.messaging.services.reports import (
    MessageUnknownError,
    ReportDecidedError,
    TooManyReportsError,
    message_report,
    report_decide,
)
from apps.messaging.services.saved_replies import (
    SavedReplyUnknownError,
    TooManySavedRepliesError,
    saved_reply_add,
    saved_reply_change,
    saved_reply_delete,
)
from apps.messaging.services.sending import (
    BlockedByYouError,
    CannotReceiveError,
    MessageIdReusedError,
    OwnListingQuestionError,
    TooManyQuestionsError,
    message_send,
    question_send,
)
from apps.messaging.services.stay_messages import ContactClosedError, stay_message_send
from apps.messaging.services.threads import thread_archive, thread_block, thread_read

__all__ = [
    "BlockedByYouError",
    "CannotReceiveError",
    "ContactClosedError",
    "MessageIdReusedError",
    "MessageUnknownError",
    "OwnListingQuestionError",
    "ReportDecidedError",
    "SavedReplyUnknownError",
    "TooManyQuestionsError",
    "TooManyReportsError",
    "TooManySavedRepliesError",
    "change_note",
    "message_report",
    "message_send",
    "question_send",
    "report_decide",
    "request_note",
    "saved_reply_add",
    "saved_reply_change",
    "saved_reply_delete",
    "stay_message_send",
    "thread_archive",
    "thread_block",
    "thread_read",
]
