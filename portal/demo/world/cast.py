"""Who lives in the demo. Every person, family and organisation is made up."""

from dataclasses import dataclass

from people.kinds import Role

BODY, PETERSIDE, HARINGDALE, PRACTICE = "body", "peterside", "haringdale", "practice"
ORGANISATIONS: dict[str, tuple[str, str]] = {
    BODY: ("body", "Attuned Practice Association"),
    PETERSIDE: ("service", "Peterside Perinatal Service"),
    HARINGDALE: ("service", "Haringdale Family Hub"),
    PRACTICE: ("practice", "Whitlow & Mercer Supervision"),
}
EMAIL_HOST = "attune.example"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody in the demo: what they hold, and a line on who they are and what to try."""

    key: str
    name: str
    roles: tuple[tuple[Role, str], ...]
    line: str = ""
    try_this: str = ""

    @property
    def email(self) -> str:
        """Their address, which leads nowhere."""
        return f"{self.key}@{EMAIL_HOST}"


CAST: tuple[Part, ...] = (
    Part(
        "helen",
        "Helen Carr",
        ((Role.REGISTRAR, BODY), (Role.OFFICER, BODY)),
        "Registrar and accreditation officer of the body.",
        "Issue Aisha’s certificate, arrange a meeting, invite somebody.",
    ),
    Part(
        "ruth",
        "Ruth Whitlow",
        ((Role.SUPERVISOR, BODY), (Role.GUIDER, PRACTICE)),
        "Supervisor of Maya, Priya and Tom, and a guider herself.",
        "Answer Maya’s clips; confirm a supervision.",
    ),
    Part(
        "daniel",
        "Daniel Mercer",
        ((Role.NATIONAL_SUPERVISOR, BODY), (Role.TRAINER, BODY)),
        "National supervisor; the external in stage meetings; trains courses too.",
        "Prepare Priya’s transition meeting and decide; look at the spring cohort.",
    ),
    Part(
        "samir",
        "Samir Haddad",
        ((Role.SERVICE_MANAGER, PETERSIDE),),
        "Manages the perinatal service: six health visitors, one protected day a week each.",
        "See what the programme achieved, and which films are kept until when.",
    ),
    Part(
        "ines",
        "Ines Carvalho",
        ((Role.SERVICE_MANAGER, HARINGDALE), (Role.SUPERVISOR, BODY)),
        "Manages the family hub and supervises Ewa, Aisha and Grace.",
        "Compare the hub’s funnel with last year; see who waits for supervision.",
    ),
    Part(
        "lena",
        "Lena Roux",
        ((Role.EDITOR, BODY), (Role.TRAINER, BODY)),
        "Writes the course and runs cohorts.",
        "Edit a lesson in the editor; see who is where in the course.",
    ),
    Part(
        "maya",
        "Maya Osei",
        ((Role.TRAINEE, PETERSIDE),),
        "Health visitor, in stage 2. A film is waiting to be looked at.",
        "Follow the one next step; read Ruth’s answer; log a cycle on a phone.",
    ),
    Part(
        "tom",
        "Tom Ashby",
        ((Role.TRAINEE, PETERSIDE),),
        "Health visitor, on the first day of the course.",
        "Carry on in the lesson where he stopped.",
    ),
    Part(
        "priya",
        "Priya Raman",
        ((Role.TRAINEE, PETERSIDE),),
        "Health visitor, at the end of stage 1. Her transition meeting is next week.",
        "See what Daniel will see.",
    ),
    Part(
        "ewa",
        "Ewa Nowak",
        ((Role.TRAINEE, HARINGDALE),),
        "Family worker, at the end of stage 3. Accreditation is days away.",
        "Write the reflection; choose clips for the meeting.",
    ),
    Part(
        "aisha",
        "Aisha Bello",
        ((Role.TRAINEE, HARINGDALE),),
        "Family worker. The external has said yes; the certificate is not issued yet.",
        "Watch the certificate appear once Helen issues it.",
    ),
    Part(
        "grace",
        "Grace Adeyemi",
        ((Role.TRAINEE, HARINGDALE),),
        "Accredited this month, and now learning to supervise.",
        "Open the certificate; join or leave the public register.",
    ),
)
# Colleagues without a story of their own: their families make the services' numbers.
COLLEAGUES: tuple[Part, ...] = (
    Part("nadia", "Nadia Farouk", ((Role.GUIDER, PETERSIDE),)),
    Part("bronwen", "Bronwen Pugh", ((Role.GUIDER, PETERSIDE),)),
    Part("kofi", "Kofi Mensah", ((Role.GUIDER, PETERSIDE),)),
    Part("siobhan", "Siobhan Kelly", ((Role.GUIDER, HARINGDALE),)),
    Part("yusuf", "Yusuf Demir", ((Role.GUIDER, HARINGDALE),)),
    Part("mei", "Mei Lin Tan", ((Role.GUIDER, HARINGDALE),)),
    Part("oliver", "Oliver Grant", ((Role.GUIDER, HARINGDALE),)),
)
TIES: tuple[tuple[str, str], ...] = (
    ("ruth", "maya"),
    ("ruth", "priya"),
    ("ruth", "tom"),
    ("ines", "ewa"),
    ("ines", "aisha"),
    ("ines", "grace"),
    ("daniel", "ruth"),
    ("daniel", "ines"),
)
