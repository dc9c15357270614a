"""The least a certificate could cost: ReportLab tuned, five embedded faces, ten lines, one code."""

from io import BytesIO
from pathlib import Path

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

FOLDER = Path(__file__).resolve().parents[2] / "static" / "fonts" / "pdf"
FACES = (
    "Literata-Regular",
    "Literata-SemiBold",
    "Literata-Italic",
    "AtkinsonHyperlegibleNext-Regular",
    "AtkinsonHyperlegibleNext-Bold",
)
LINES = (
    (1, 25, "Fenland Association for Attuned Guidance"),
    (0, 46, "Maya Okonkwo-Łukasiewicz"),
    (2, 29, "Accredited VIG guider"),
    (4, 13, "AT-2026-7K4M-9Q, Catrin Ŵyn Price"),
    (3, 13, "This is to certify that"),
    (3, 13, "is recognised as"),
    (3, 12, "having completed the three-stage pathway, with supervision from Ruth Adeyemi."),
    (3, 12, "Decided on 14 November 2026 by Dr Helen Forsyth, external supervisor."),
    (3, 10, "Certificate number"),
    (3, 9, "https://attune.example.org/verify/AT-2026-7K4M-9Q/"),
)


def prepare() -> None:
    """The faces are registered, as they are once in a process."""
    rl_config.useA85 = 0
    for face in FACES:
        pdfmetrics.registerFont(TTFont(f"floor-{face}", FOLDER / f"{face}.ttf", asciiReadable=0))


def draw() -> bytes:
    """One page with the words and the code, and nothing else."""
    file = BytesIO()
    canvas = Canvas(
        file, (842, 595), pageCompression=1, invariant=1, initialFontName=f"floor-{FACES[0]}"
    )
    for number, (face, size, words) in enumerate(LINES):
        canvas.setFont(f"floor-{FACES[face]}", size)
        canvas.drawString(70, 520 - number * 40, words)
    scanned = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=3)
    scanned.add_data(LINES[-1][2])
    scanned.make(fit=True)
    squares = [
        f"{x} {y} 1 1 re"
        for y, row in enumerate(scanned.modules)
        for x, dark in enumerate(row)
        if dark
    ]
    canvas.drawPath(PDFPathObject(code=squares), stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()
