"""What is recognised: pathways, enrolments, supervision, meetings, decisions, certificates."""
