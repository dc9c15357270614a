"""Drawing a certificate against its floor: at most twice the cost, at most 30 kB."""

from datetime import date

from accreditation.certificates import CertificateFacts, draw
from benchmarks.floors import certificate as bare

NAME = "certificate with QR and fonts"
BAR = 2.0
LARGEST = 30_000
FACTS = CertificateFacts(
    number="AT-2026-7K4M-9Q",
    holder_name="Maya Okonkwo-Łukasiewicz",
    award_title="Accredited VIG guider",
    body_name="Fenland Association for Attuned Guidance",
    pathway_name="the three-stage pathway",
    decided_on=date(2026, 11, 14),
    issued_on=date(2026, 11, 20),
    external_supervisor="Dr Helen Forsyth",
    supervisor_name="Ruth Adeyemi",
    signatory_name="Catrin Ŵyn Price",
    signatory_role="Accreditation officer",
    verify_url="https://attune.example.org/verify/AT-2026-7K4M-9Q/",
)


def prepare() -> None:
    """Fonts are read once, as in a worker that draws many."""
    bare.prepare()


def floor(_state: None) -> bytes:
    """The tuned ReportLab page."""
    return bare.draw()


def ours(_state: None) -> bytes:
    """The certificate, ready to be kept."""
    return draw(FACTS)
