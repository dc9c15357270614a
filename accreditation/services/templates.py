"""The two pathways that ship as templates (domain.md's table); a body changes its own copies."""

from typing import Any

from accreditation.kinds import Measure, MeetingKind

CYCLES_RULE = (
    "A cycle is a film and its shared review, in that order, with consent to filming in force on "
    "the day of the film. It counts to the stage that is open on the day of the review."
)
SUPERVISION_RULE = (
    "A supervision counts once you and your supervisor have both confirmed it. "
    "It counts to the stage that is open on the day you met."
)
INTRODUCTION = {
    "measure": Measure.INTRODUCTION,
    "minimum": 1,
    "minutes_each": 60,
    "label": "Introduction to the stage",
    "rule": "One meeting of 60 minutes that opens the stage, confirmed by you and your supervisor.",
}
COURSE = {
    "measure": Measure.COURSE_ATTENDED,
    "minimum": 1,
    "label": "Initial training course, attended in full",
    "rule": "Every part of the two-day initial training course, attended in full.",
}
REFLECTION = {
    "measure": Measure.REFLECTION,
    "minimum": 1,
    "label": "Written reflection",
    "rule": "Your own words about your road, shared with your external supervisor 7 days before "
    "the accreditation meeting.",
}


def _cycles(count: int) -> dict[str, Any]:
    return {
        "measure": Measure.CYCLES,
        "minimum": count,
        "label": "Cycles, film and shared review",
        "rule": CYCLES_RULE,
    }


def _new_clients(count: int) -> dict[str, Any]:
    return {
        "measure": Measure.NEW_CLIENTS,
        "minimum": count,
        "label": "New families in this stage",
        "rule": "A family, or other client, is new in the stage where their first cycle counts.",
    }


def _supervision(count: int, *others: tuple[int, int]) -> dict[str, Any]:
    return {
        "measure": Measure.SUPERVISION,
        "minimum": count,
        "minutes_each": 60,
        "alternatives": [{"count": n, "minutes": minutes} for n, minutes in others],
        "label": "Supervisions, confirmed by you both",
        "rule": SUPERVISION_RULE
        + f" {count} of 60 minutes"
        + "".join(f", or {n} of {minutes}" for n, minutes in others)
        + ".",
    }


THREE_STAGES: dict[str, Any] = {
    "code": "three-stages",
    "name": "Three stages",
    "award_title": "Accredited VIG Guider",
    "stages": [
        {
            "label": "Stage 1",
            "closing_meeting": MeetingKind.TRANSITION,
            "requirements": [COURSE, _cycles(6), _new_clients(2), _supervision(7)],
        },
        {
            "label": "Stage 2",
            "closing_meeting": MeetingKind.TRANSITION,
            "requirements": [INTRODUCTION, _cycles(9), _new_clients(3), _supervision(8, (6, 90))],
        },
        {
            "label": "Stage 3",
            "closing_meeting": MeetingKind.ACCREDITATION,
            "reflection_days_before": 7,
            "requirements": [
                INTRODUCTION,
                _cycles(12),
                _new_clients(3),
                _supervision(8, (6, 90), (4, 120)),
                REFLECTION,
            ],
        },
    ],
}
EIGHTEEN_CYCLES: dict[str, Any] = {
    "code": "eighteen-cycles",
    "name": "Eighteen cycles",
    "award_title": "Accredited VIG Practitioner",
    "stage_word": "Part",
    "practitioner_word": "practitioner",
    # The final review is by a different supervisor again, so an external never returns.
    "external_may_return": False,
    "stages": [
        {
            "label": "To the mid-point",
            "closing_meeting": MeetingKind.MID_POINT,
            "requirements": [{**_cycles(9), "label": "Cycles, half of the eighteen"}],
        },
        {
            "label": "To the final review",
            "closing_meeting": MeetingKind.FINAL_REVIEW,
            "requirements": [
                {
                    "measure": Measure.CYCLES_IN_ALL,
                    "minimum": 18,
                    "label": "Cycles in all",
                    "rule": "Every cycle since you began, from both parts, counts here. A cycle is "
                    "a film and its shared review, with consent in force on the day of the film.",
                },
                {
                    "measure": Measure.CLIENTS,
                    "minimum": 6,
                    "label": "Families in all",
                    "rule": "Different families, or other clients, with one counted cycle or more.",
                },
                {
                    "measure": Measure.SUPERVISION_MINUTES,
                    "minimum": 900,
                    "label": "Minutes of individual supervision",
                    "rule": "15 hours of individual supervision since you began, each confirmed by "
                    "you and your supervisor. Group supervision is welcome, and not counted here.",
                },
            ],
        },
    ],
}
TEMPLATES = [THREE_STAGES, EIGHTEEN_CYCLES]
