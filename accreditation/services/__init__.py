"""What happens in supervised practice: one verb a function."""

from accreditation.services.agendas import add_point, keep_note, remove_point, tick_point
from accreditation.services.awards import (
    issue_certificate,
    join_register,
    leave_register,
    revoke,
)
from accreditation.services.enrolments import enrol, share_reflection
from accreditation.services.hours import (
    agree_hour,
    begin_hour,
    cancel_hour,
    change_hour,
    plan_hour,
)
from accreditation.services.invitations import (
    accept_as_known,
    accept_as_new,
    invite,
    withdraw_invitation,
)
from accreditation.services.meetings import cancel_meeting, decide, plan_meeting
from accreditation.services.pathways import (
    change_requirement,
    change_stage,
    new_version,
    plant_pathways,
    retire_pathway,
)
from accreditation.services.sessions import (
    confirm_session,
    correct_session,
    dispute_session,
    log_session,
    withdraw_session,
)
from accreditation.services.viewing import choose_clips

__all__ = [
    "accept_as_known",
    "accept_as_new",
    "add_point",
    "agree_hour",
    "begin_hour",
    "cancel_hour",
    "cancel_meeting",
    "change_hour",
    "change_requirement",
    "change_stage",
    "choose_clips",
    "confirm_session",
    "correct_session",
    "decide",
    "dispute_session",
    "enrol",
    "invite",
    "issue_certificate",
    "join_register",
    "keep_note",
    "leave_register",
    "log_session",
    "new_version",
    "plan_hour",
    "plan_meeting",
    "plant_pathways",
    "remove_point",
    "retire_pathway",
    "revoke",
    "share_reflection",
    "tick_point",
    "withdraw_invitation",
    "withdraw_session",
]
