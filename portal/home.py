"""The first words of the public home; a body's editors change them in Wagtail afterwards."""

TITLE = "See what goes well, and help it grow"
LEAD = (
    "Attune walks beside people who learn Video Interaction Guidance: the two-day course, three "
    "stages of supervised practice, and the day a body says: accredited."
)
BODY = [
    (
        "idea",
        {
            "title": "A few minutes of film. The moments that go better than usual.",
            "words": (
                "<p>A guider films a parent and baby for five to ten minutes, looks closely, and "
                "chooses two or three short moments of real contact. A week later they watch them "
                "together. The parent sees what they already do well, and does more of it.</p>"
            ),
        },
    ),
    (
        "road",
        {
            "title": "The road, from first day to accreditation",
            "lead": "Nobody hurries you. Each step says how long it takes and what comes next.",
            "steps": [
                {
                    "title": "Two days of training",
                    "words": "Twelve short lessons to read, watch and try. Stop anywhere; Attune "
                    "remembers.",
                },
                {
                    "title": "Supervised practice",
                    "words": "Film, shared review, supervision. You log a cycle in two minutes on "
                    "your phone and show your supervisor the clips you choose.",
                },
                {
                    "title": "A meeting at each stage’s end",
                    "words": "A supervisor from outside looks with you at how far you have come: "
                    "strengths first, then working points.",
                },
                {
                    "title": "Accredited",
                    "words": "Your body issues a certificate that anybody can check, and adds you "
                    "to its register if you wish.",
                },
            ],
        },
    ),
    (
        "people",
        {
            "title": "For everybody on the road",
            "people": [
                {
                    "title": "Trainee guiders",
                    "words": "<p>One next step, always in sight. Nothing you type is lost.</p>",
                },
                {
                    "title": "Supervisors",
                    "words": "<p>Three clips and a question, answered on a train. Hours that count "
                    "when you have both confirmed them.</p>",
                },
                {
                    "title": "Accrediting bodies",
                    "words": "<p>Your pathway, your words, your register. Every number opens the "
                    "rows behind it.</p>",
                },
                {
                    "title": "Services",
                    "words": "<p>What the programme achieved, without a single family’s name.</p>",
                },
            ],
        },
    ),
    (
        "promise",
        {
            "title": "What we promise to families",
            "words": (
                "<ul><li>Nobody sees your film unless you said yes to that purpose. We ask anew at "
                "every view.</li><li>You can change your mind at any time. Your film is locked at "
                "once and then destroyed.</li><li>Films are sealed from the moment they leave "
                "the phone.</li><li>Your name is never written in the log.</li></ul>"
            ),
        },
    ),
]
