"""Where statements come from."""

from django.db import models
from django.db.models import Q

from conditions.sources.form import ADDRESS, DOI, PMID, is_address, is_doi, is_pmid

from .constraints import always, named_by_a_word
from .fields import WordField


class Source(models.Model):
    """A publication, guideline or data set that says something."""

    slug = WordField(primary_key=True, help_text="Its short name; fixed once released.")
    title = models.TextField(help_text="The title as printed.")
    authors = models.TextField(blank=True, help_text="As printed; “et al.” is welcome.")
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Year of publication.")
    published_in = models.CharField(blank=True, help_text="Journal, publisher or body.")
    kind = models.CharField(blank=True, help_text="Guideline, review, cohort, laboratory, …")
    doi = models.CharField("DOI", blank=True, validators=[is_doi], help_text="Without https://doi.org/.")
    pmid = models.CharField("PMID", blank=True, validators=[is_pmid], help_text="PubMed's number.")
    url = models.CharField(
        "URL", blank=True, validators=[is_address], help_text="Where it can be read, if it has no DOI."
    )
    note = models.TextField(blank=True, help_text="What a reader of the source should know.")

    class Meta:
        ordering = ["slug"]
        constraints = [
            named_by_a_word("source"),
            always(
                "source_year_is_a_year",
                Q(year__range=(1800, 2100)),
                "A source is of a year from 1800 to 2100.",
            ),
            always(
                "source_doi_has_the_form_of_one",
                Q(doi="") | Q(doi__regex=DOI),
                "This is no DOI: 10.1000/182.",
            ),
            always(
                "source_pmid_has_the_form_of_one",
                Q(pmid="") | Q(pmid__regex=PMID),
                "A PubMed number is digits.",
            ),
            always(
                "source_url_has_the_form_of_one",
                Q(url="") | Q(url__regex=ADDRESS),
                "An address begins with https:// or http:// and has no spaces.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.slug})"
