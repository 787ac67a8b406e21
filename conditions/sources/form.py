"""The form of a DOI, a PubMed number and an address, said in sentences."""

import re

from django.core.exceptions import ValidationError

DOI = r"^10\.[0-9]{4,9}(\.[0-9]+)*/[^[:space:]]+$"
"""A prefix with its registrant and a suffix, as PostgreSQL reads it: DOI Handbook, section 2.2."""
PMID = r"^[1-9][0-9]{0,7}$"
ADDRESS = r"^https?://[^[:space:]/?#@]+\.[^[:space:]/?#@]+([/?#][^[:space:]]*)?$"
RESOLVERS = re.compile(r"^(https?://)?((dx\.)?doi\.org/|doi:?\s*)", re.IGNORECASE)
PUBMED = re.compile(r"^(https?://)?(pubmed\.ncbi\.nlm\.nih\.gov/|PMID:?\s*)", re.IGNORECASE)


def is_doi(text: str) -> None:
    """Raises ValidationError with a sentence unless the text is a DOI, without what resolves it."""
    if bare(text) != text:
        raise ValidationError("Write the DOI alone: %(bare)s.", code="doi", params={"bare": bare(text)})
    if not _matches(DOI, text):
        raise ValidationError(
            "“%(text)s” is no DOI: it begins with 10., a number of four digits or more and a stroke, and has no spaces.",
            code="doi",
            params={"text": text},
        )


def is_pmid(text: str) -> None:
    """Raises ValidationError with a sentence unless the text is a PubMed number."""
    if not _matches(PMID, text):
        alone = PUBMED.sub("", text).strip("/ ")
        hint = f" Write {alone}." if _matches(PMID, alone) else ""
        raise ValidationError(
            f"“%(text)s” is no PubMed number: it has one to eight digits, and nothing else.{hint}",
            code="pmid",
            params={"text": text},
        )


def is_address(text: str) -> None:
    """Raises ValidationError with a sentence unless the text is an address on the web, and nothing beside it."""
    if not _matches(ADDRESS, text):
        raise ValidationError(
            "“%(text)s” is no address: it begins with https:// or http://, names a host and has no spaces.",
            code="address",
            params={"text": text},
        )


def bare(doi: str) -> str:
    """The DOI without the address that resolves it, and without “doi:”."""
    return RESOLVERS.sub("", doi).strip()


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern.replace("[:space:]", r"\s"), text) is not None
