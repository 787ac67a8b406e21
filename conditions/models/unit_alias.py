"""Units as reports print them."""

from django.db import models


class UnitAlias(models.Model):
    """What a report prints for a unit, and the UCUM code it means."""

    text = models.CharField(primary_key=True, max_length=100, help_text="As printed: µmol/l.")
    code = models.CharField(help_text="The UCUM code: umol/L.")

    class Meta:
        ordering = ["text"]
        verbose_name_plural = "unit aliases"

    def __str__(self) -> str:
        return f"{self.text} = {self.code}"
