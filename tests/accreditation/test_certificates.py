"""A certificate is the same bytes for the same facts, and says what it knows in any alphabet."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader

from accreditation.certificates import CertificateFacts, Kind, draw, undrawable
from accreditation.certificates.ornament import code

FACTS = CertificateFacts(
    number="AT-2026-7K4M-9Q",
    holder_name="Maya Okonkwo-Łukasiewicz",
    award_title="Accredited VIG guider",
    body_name="Fenland Association for Attuned Guidance",
    pathway_name="the three-stage pathway, version 2",
    decided_on=date(2026, 11, 14),
    issued_on=date(2026, 11, 20),
    external_supervisor="Dr Helen Forsyth",
    supervisor_name="Ruth Adeyemi",
    signatory_name="Catrin Ŵyn Price",
    signatory_role="Accreditation officer",
    verify_url="https://attune.example.org/verify/AT-2026-7K4M-9Q/",
)
ATTENDANCE = replace(
    FACTS,
    kind=Kind.ATTENDANCE,
    award_title="the two-day Initial Training Course",
    pathway_name="Initial Training Course, autumn 2026",
)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(facts: CertificateFacts) -> str:
    return read(draw(facts)).pages[0].extract_text()


def test_same_facts_give_the_same_bytes():
    assert draw(FACTS) == draw(replace(FACTS, demo=False))
    assert draw(FACTS) != draw(replace(FACTS, demo=True))


def test_facts_come_back_from_their_kept_form():
    assert CertificateFacts.from_json(FACTS.as_json()) == FACTS
    assert CertificateFacts.from_json({**ATTENDANCE.as_json(), "later": 1}) == ATTENDANCE


@pytest.mark.parametrize(
    "said",
    [
        FACTS.number,
        FACTS.holder_name,
        FACTS.award_title,
        FACTS.body_name,
        FACTS.pathway_name,
        FACTS.external_supervisor,
        FACTS.supervisor_name,
        FACTS.signatory_name,
        FACTS.signatory_role,
        FACTS.verify_url,
        "14 November 2026",
        "20 November 2026",
    ],
)
def test_every_fact_is_readable_text(said):
    assert said in text_of(FACTS)


def test_text_reads_in_order():
    said = text_of(FACTS)
    order = [said.index(words) for words in (
        FACTS.body_name, "This is to certify that", FACTS.holder_name, "is recognised as",
        FACTS.award_title, FACTS.pathway_name, "Certificate number", FACTS.number)]  # fmt: skip
    assert order == sorted(order)


def test_document_says_what_and_whose_it_is():
    pdf = read(draw(FACTS))
    root = pdf.trailer["/Root"]
    assert (pdf.metadata.title, pdf.metadata.author, root["/Lang"]) == (
        "Certificate AT-2026-7K4M-9Q: Maya Okonkwo-Łukasiewicz, Accredited VIG guider",
        "Fenland Association for Attuned Guidance",
        "en-GB",
    )
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert pdf.metadata.creation_date.date() == FACTS.issued_on


def test_every_font_is_embedded():
    fonts = read(draw(FACTS)).pages[0]["/Resources"]["/Font"]
    assert len(fonts) == 5
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in fonts.values())


@pytest.mark.parametrize(
    "name",
    [
        "Maya Okonkwo-Łukasiewicz",
        "Nguyễn Thị Ánh",
        "Ελένη Παπαδοπούλου",
        "Ольга Їжакевич",
        "Þórdís Đorđević-Şahin",
        "Jose\N{COMBINING ACUTE ACCENT}",
        "O",
        "Wolfeschlegelsteinhausenbergerdorff " * 4,
    ],
)
def test_name_of_any_length_and_alphabet_fits(name):
    pdf = draw(replace(FACTS, holder_name=name))
    assert len(pdf) <= 30_000
    assert undrawable(name) == ""
    if len(name) < 40:
        expected = name.replace("e\N{COMBINING ACUTE ACCENT}", "é")
        assert expected in read(pdf).pages[0].extract_text()


@pytest.mark.parametrize(
    ("name", "lost"),
    [("Ali محمد", "محد"), ("דוד", "דו"), ("Ann\N{RIGHT-TO-LEFT OVERRIDE}a", ""), ("a\x00b", "")],
)
def test_undrawable_letters_are_named_and_never_break_the_page(name, lost):
    assert undrawable(name) == lost
    assert len(read(draw(replace(FACTS, holder_name=name))).pages) == 1


def test_everything_long_at_once_stays_on_its_page():
    long = "Association of Associations for the Advancement of Attuned Interaction " * 3
    facts = replace(FACTS, **dict.fromkeys(
        ("holder_name", "award_title", "body_name", "pathway_name", "external_supervisor",
         "supervisor_name", "signatory_name", "signatory_role", "number"), long))  # fmt: skip
    pdf = draw(facts)
    assert (len(read(pdf).pages), len(pdf) <= 30_000) == (1, True)


def test_demonstration_is_said_twice():
    assert text_of(replace(FACTS, demo=True)).count("Demonstration") == 2
    assert "Demonstration" not in text_of(FACTS)


def test_attendance_never_reads_as_accreditation():
    said = text_of(ATTENDANCE)
    assert "it is not accreditation" in said
    assert "recognised" not in said
    assert "Accredited" not in said


def test_code_leads_to_the_verification_page():
    path, size = code(FACTS.verify_url)
    scale = 6
    image = Image.new("L", ((size + 8) * scale, (size + 8) * scale), 255)
    pen = ImageDraw.Draw(image)
    for run in path.getCode().split(" re")[:-1]:
        x, y, length, _ = map(int, run.split())
        left, top = (x + 4) * scale, (size - 1 - y + 4) * scale
        pen.rectangle((left, top, left + length * scale - 1, top + scale - 1), fill=0)
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [FACTS.verify_url]
