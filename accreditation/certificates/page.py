"""The certificate's one page, A4 landscape."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from . import fonts
from .facts import CertificateFacts, Kind, day
from .ornament import GREEN, PAPER, draw_code, draw_lines, draw_seal

WIDE, HIGH = 841.89, 595.28
LEFT, RIGHT = 76.0, 766.0
MEASURE = RIGHT - LEFT
SEAL = 694.0
INK, SOFT, RULE = HexColor("#1d2b2a"), HexColor("#4d5f5d"), HexColor("#dfd7c9")
LANGUAGE = "en-GB"


def draw(facts: CertificateFacts) -> bytes:
    """The certificate as PDF; the same facts always give the same bytes."""
    fonts.ready()
    file = BytesIO()
    canvas = Canvas(
        file, (WIDE, HIGH), pageCompression=1, invariant=1, lang=LANGUAGE,
        initialFontName=fonts.TEXT,
    )  # fmt: skip
    _describe(canvas, facts)
    _paper(canvas, facts)
    _heading(canvas, facts)
    _award(canvas, facts)
    _signature(canvas, facts)
    _proof(canvas, facts)
    _seal(canvas, facts)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _describe(canvas: Canvas, facts: CertificateFacts) -> None:
    holder = fonts.written(facts.holder_name)
    canvas.setTitle(f"Certificate {facts.number}: {holder}, {facts.award_title}")
    canvas.setAuthor(fonts.written(facts.body_name))
    canvas.setSubject(f"Certificate of {facts.kind}, {facts.pathway_name}")
    canvas.setCreator("Attune")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    stamp = canvas._doc._timeStamp  # ReportLab offers no other way to date a document
    noon = datetime(
        facts.issued_on.year, facts.issued_on.month, facts.issued_on.day, 12, tzinfo=UTC
    )
    stamp.t, stamp.lt = noon.timestamp(), noon.timetuple()
    stamp.YMDhms = tuple(noon.timetuple())[:6]


def _paper(canvas: Canvas, facts: CertificateFacts) -> None:
    canvas.setFillColor(HexColor(PAPER))
    canvas.rect(0, 0, WIDE, HIGH, stroke=0, fill=1)
    if facts.demo:
        _demonstration(canvas)
    draw_lines(canvas, WIDE, 199)


def _demonstration(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(WIDE / 2 - 20, HIGH / 2 + 60)
    canvas.rotate(18)
    canvas.setFillColor(HexColor("#f3e6d6"))
    canvas.setFont(fonts.TEXT_BOLD, 88)
    canvas.drawCentredString(0, -20, "Demonstration")
    canvas.restoreState()


def _heading(canvas: Canvas, facts: CertificateFacts) -> None:
    canvas.setFillColor(HexColor(GREEN))
    _fitted(canvas, facts.body_name, LEFT, 505, fonts.TITLE_BOLD, 25, MEASURE)
    canvas.setFillColor(SOFT)
    name = "accreditation" if facts.kind is Kind.ACCREDITATION else "attendance"
    canvas.setFont(fonts.TEXT, 12.5)
    canvas.drawString(LEFT, 481, f"Certificate of {name}")


def _award(canvas: Canvas, facts: CertificateFacts) -> None:
    accredits = facts.kind is Kind.ACCREDITATION
    canvas.setFillColor(SOFT)
    canvas.setFont(fonts.TEXT, 13.5)
    canvas.drawString(LEFT, 428, "This is to certify that")
    canvas.setFillColor(INK)
    _fitted(canvas, facts.holder_name, LEFT - 2, 376, fonts.TITLE, 46, MEASURE)
    canvas.setFillColor(SOFT)
    canvas.setFont(fonts.TEXT, 13.5)
    canvas.drawString(LEFT, 346, "is recognised as" if accredits else "attended")
    canvas.setFillColor(HexColor(GREEN))
    _fitted(canvas, facts.award_title, LEFT - 1, 311, fonts.TITLE_ITALIC, 29, MEASURE)
    canvas.setFillColor(INK)
    for number, line in enumerate(_grounds(facts)):
        _fitted(canvas, line, LEFT, 282 - number * 18, fonts.TEXT, 12.5, MEASURE)


def _grounds(facts: CertificateFacts) -> list[str]:
    """Why it was awarded, in one or two lines."""
    when = day(facts.decided_on)
    if facts.kind is Kind.ATTENDANCE:
        led = f", led by {facts.supervisor_name}" if facts.supervisor_name else ""
        return [f"{facts.pathway_name}, completed on {when}{led}.",
                "Attendance of a course is a first step; it is not accreditation."]  # fmt: skip
    guided = f", with supervision from {facts.supervisor_name}" if facts.supervisor_name else ""
    seen = f" by {facts.external_supervisor}, external supervisor" * bool(facts.external_supervisor)
    return [f"having completed {facts.pathway_name}{guided}.", f"Decided on {when}{seen}."]


def _signature(canvas: Canvas, facts: CertificateFacts) -> None:
    if not facts.signatory_name:
        return
    canvas.setStrokeColor(SOFT)
    canvas.setLineWidth(0.7)
    canvas.line(LEFT, 94, LEFT + 200, 94)
    canvas.setFillColor(INK)
    _fitted(canvas, facts.signatory_name, LEFT, 77, fonts.TEXT_BOLD, 11.5, 200)
    canvas.setFillColor(SOFT)
    _fitted(canvas, facts.signatory_role, LEFT, 62, fonts.TEXT, 10.5, 200)


def _proof(canvas: Canvas, facts: CertificateFacts) -> None:
    side, x, y = 62.0, 318.0, 58.0
    canvas.setFillColor(INK)
    draw_code(canvas, facts.verify_url, x, y, side)
    beside = x + side + 18
    canvas.setFillColor(SOFT)
    canvas.setFont(fonts.TEXT, 10)
    canvas.drawString(beside, 110, "Certificate number")
    canvas.setFillColor(INK)
    _fitted(canvas, facts.number, beside, 92, fonts.TEXT_BOLD, 13, 190)
    canvas.setFillColor(SOFT)
    canvas.setFont(fonts.TEXT, 10)
    canvas.drawString(beside, 76, f"Issued on {day(facts.issued_on)}")
    _fitted(canvas, facts.verify_url, beside, 61, fonts.TEXT, 9, 215)
    canvas.linkURL(facts.verify_url, (x, y, beside + 215, y + side), relative=0)
    if facts.demo:
        canvas.setFillColor(HexColor("#b4501e"))
        canvas.setFont(fonts.TEXT_BOLD, 10.5)
        canvas.drawString(LEFT, 30, "Demonstration: this certificate certifies nothing.")


def _seal(canvas: Canvas, facts: CertificateFacts) -> None:
    accredits = facts.kind is Kind.ACCREDITATION
    draw_seal(canvas, SEAL, 194, filled=accredits)
    canvas.setFillColor(HexColor(PAPER) if accredits else HexColor(GREEN))
    canvas.setFont(fonts.TEXT_BOLD, 9)
    canvas.drawCentredString(SEAL, 179, "Accredited" if accredits else "Attended")
    canvas.setFont(fonts.TEXT, 9)
    canvas.drawCentredString(SEAL, 167, str(facts.decided_on.year))


def _fitted(canvas: Canvas, text: str, x: float, y: float, face: str, size: float, room: float,
            ) -> None:  # fmt: skip
    """The text on one line, smaller if it is long, and shortened only when tiny."""
    shown, face = fonts.drawable(text, face)
    taken = stringWidth(shown, face, size)
    if taken > room:
        size = max(size * room / taken, 7.0)
        while stringWidth(shown, face, size) > room:
            shown = shown[:-2].rstrip() + "…"
    canvas.setFont(face, size)
    canvas.drawString(x, y, shown)
