"""What happens in a case log, a verb a function; each noun has its file."""

from caselogs.services.cases import accept, approach, close, correct_case, open_case, reopen
from caselogs.services.consents import record_consent, withdraw_consent
from caselogs.services.cycles import complete_cycle, correct_cycle, log_cycle, seal_cycles
from caselogs.services.goals import rate_goal, set_goal
from caselogs.services.time import log_time

__all__ = [
    "accept",
    "approach",
    "close",
    "complete_cycle",
    "correct_case",
    "correct_cycle",
    "log_cycle",
    "log_time",
    "open_case",
    "rate_goal",
    "record_consent",
    "reopen",
    "seal_cycles",
    "set_goal",
    "withdraw_consent",
]
