"""An interpretation in words and in the order in which it is read."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from assessments.advice import Ranked, ranked
from conditions.presenters.citations import NOT_LOOKED_UP, Cited, SourceWords, source_words
from conditions.presenters.notes import NoteLine, notes_about
from conditions.presenters.release import Release, Review, review_of, reviewers_words
from conditions.presenters.words import state_words
from conditions.reasoning.interpret import Interpretation
from conditions.reasoning.knowledge import Investigation, Support
from conditions.reasoning.picture import Problem

from . import advice, given
from .about import Covered, Validation, covered, problem_address, validation_of
from .copied import brief_of, line_of, machine_line_of, text_of
from .headline import Headline, headline_of
from .lens import Lens, lens_of
from .missing import Missing, for_headline, missing
from .reasons import TONE, OpinionWords, cause_words, state_opinion_words
from .would_change import WouldChange, would_change

SHOWN = (Support.ESTABLISHED, Support.SUPPORTED, Support.DISPUTED)
MOST_MISSING = 20
MOST_NOTES = 4
AGAINST = (Support.OPPOSED, Support.EXCLUDED)


@dataclass(frozen=True)
class Report:
    """What the page shows. Each part is put into words when the page comes to it.

    ``full`` is false for the panel beside a form that is still being filled in: answer, next steps and causes.
    ``not_available`` are the investigations that cannot be had where the reader works.
    """

    interpretation: Interpretation
    release: Release
    full: bool = True
    not_available: tuple[str, ...] = ()

    @cached_property
    def headline(self) -> Headline:
        return headline_of(self.interpretation)

    @property
    def tone(self) -> str:
        """The colour beside the words of the headline."""
        state = self.headline.state
        by_state = {"b12_deficiency_unlikely": "success", "b12_indeterminate": "info", "raised_b12": "info"}
        return by_state.get(state or "", TONE[self.headline.support] if state else "light")

    @property
    def guideline(self) -> str:
        """The guideline in use, as a reader knows it."""
        stated = self.interpretation.picture.stated.get("guideline", "")
        return state_words(self.interpretation.knowledge.findings["guideline"], stated) if stated else ""

    @cached_property
    def signs(self) -> tuple[advice.AdviceWords, ...]:
        return advice.signs(self.interpretation)

    @cached_property
    def cautions(self) -> tuple[advice.AdviceWords, ...]:
        return advice.cautions(self.interpretation)

    @property
    def first_cautions(self) -> tuple[advice.AdviceWords, ...]:
        """The one caution that is shown unfolded."""
        return self.cautions[:1]

    @property
    def other_cautions(self) -> tuple[advice.AdviceWords, ...]:
        return self.cautions[1:]

    @cached_property
    def options(self) -> tuple[advice.AdviceWords, ...]:
        return advice.options(self.interpretation)

    @cached_property
    def investigations(self) -> tuple[advice.InvestigationWords, ...]:
        return advice.investigations(self.interpretation, self.ranked, self.not_available)

    @cached_property
    def ranked(self) -> Ranked:
        """The offers that can be had, and those that cannot."""
        return ranked(self.interpretation, self.not_available)

    @cached_property
    def lacking(self) -> tuple[advice.LackingWords, ...]:
        """What was taken off the list of investigations because it cannot be had here."""
        return advice.lacking(self.ranked)

    @property
    def also_not_available(self) -> tuple[Investigation, ...]:
        """The other investigations that cannot be had here, which this answer would not have offered."""
        known = self.interpretation.knowledge.investigations
        lacking = {one.investigation for one in self.lacking}
        return tuple(known[slug] for slug in self.not_available if slug in known and slug not in lacking)

    @cached_property
    def would_change(self) -> WouldChange | None:
        """The single results that would flip the headline; a full report alone has it."""
        return would_change(self.interpretation) if self.full else None

    @cached_property
    def if_lines(self) -> tuple[advice.IfWords, ...]:
        return advice.if_lines(self.interpretation)

    @cached_property
    def causes(self) -> tuple[OpinionWords, ...]:
        """The conditions that something speaks for."""
        return self._causes(SHOWN)

    @cached_property
    def against(self) -> tuple[OpinionWords, ...]:
        """The conditions that something speaks against, and nothing for."""
        return self._causes(AGAINST)

    def _causes(self, levels: tuple[Support, ...]) -> tuple[OpinionWords, ...]:
        said = self.interpretation
        return tuple(cause_words(cause, said) for cause in said.causes if cause.support in levels)

    @property
    def explained_in(self) -> tuple[NoteLine, ...]:
        """The notes that explain the headline and the causes shown: a few, those that explain most first."""
        shown = [self.headline.state or "", *[cause.condition for cause in self.causes]]
        return notes_about(shown, self.interpretation.knowledge)[:MOST_NOTES]

    @cached_property
    def open_causes(self) -> tuple[OpinionWords, ...]:
        """The conditions of which something is so that a rule needs, and something else is not known."""
        return self._causes((Support.UNDETERMINED,))

    @property
    def untouched(self) -> int:
        """How many further conditions this release has rules for, that nothing known suggests."""
        said = self.interpretation
        shown = {opinion.condition for cause in said.causes for opinion in cause.opinions}
        return len(
            {rule.condition for rule in said.knowledge.rules.values()}
            - shown
            - set(said.knowledge.b12_states)
        )

    @cached_property
    def lens(self) -> Lens | None:
        """What the other guidelines would say of the same patient; a full report alone has it."""
        return lens_of(self.interpretation) if self.full else None

    @cached_property
    def states(self) -> tuple[OpinionWords, ...]:
        """The B12 states that something bears on, in the order of the headline."""
        said = self.interpretation
        lines = [state_opinion_words(opinion, said) for opinion in said.b12_states]
        return tuple(line for line in lines if line.towards or line.against or line.set_aside or line.waiting)

    @cached_property
    def amounts(self) -> tuple[given.Amount, ...]:
        return given.amounts(self.interpretation)

    @cached_property
    def leading(self) -> OpinionWords | None:
        """The rules behind the headline, with this patient's values in them."""
        opinion = self.interpretation.headline.opinion
        return state_opinion_words(opinion, self.interpretation) if opinion else None

    @property
    def covered(self) -> tuple[Covered, ...]:
        return covered(self.interpretation)

    @cached_property
    def stated(self) -> tuple[given.Stated, ...]:
        return given.stated(self.interpretation)

    @property
    def questions(self) -> tuple[Problem, ...]:
        return self.interpretation.questions

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        return missing(self.interpretation)

    @cached_property
    def missing_for_headline(self) -> tuple[Missing, ...]:
        """What may change the headline; each with what it bears on if the report is a full one."""
        if self.full:
            return tuple(one for one in self.missing if one.headline)
        return for_headline(self.interpretation)

    @property
    def missing_for_causes(self) -> tuple[Missing, ...]:
        """What bears on most of the causes, but not on the headline."""
        return tuple(one for one in self.missing if not one.headline)[:MOST_MISSING]

    @property
    def missing_besides(self) -> tuple[Missing, ...]:
        """What bears on fewer of them."""
        return tuple(one for one in self.missing if not one.headline)[MOST_MISSING:]

    @cached_property
    def sources(self) -> tuple[SourceWords, ...]:
        """Every source cited in what is shown, by title."""
        lines = [*self.states, *self.causes, *self.against]
        reasons = [r for line in lines for r in (*line.towards, *line.against, *line.set_aside)]
        cites: list[Cited] = [
            *[r.cited for r in reasons],
            *[a.cited for a in (*self.signs, *self.cautions, *self.options)],
            *[a.cited for a in self.if_lines],
            *[w.cited for one in self.investigations for w in one.why],
            *[scale.cited for amount in self.amounts for scale in amount.scales],
            *[read.cited for row in (self.lens.rows if self.lens else ()) for read in row.total],
        ]
        slugs = {s.slug for c in cites for s in (c.source, *c.also)} - {NOT_LOOKED_UP}
        known = self.interpretation.knowledge.sources
        return tuple(sorted((source_words(known[slug]) for slug in slugs), key=lambda s: s.title))

    @property
    def reviewers(self) -> str:
        return reviewers_words(self.release)

    @property
    def review(self) -> Review:
        return review_of(self.interpretation.knowledge, self.today)

    @property
    def today(self) -> date:
        return timezone.localdate()

    @property
    def validation(self) -> Validation:
        return validation_of(self.interpretation.knowledge)

    @property
    def problem_address(self) -> str:
        return problem_address(self.release)

    @property
    def line(self) -> str:
        """The answer in one line, for copying into a record."""
        return line_of(self)

    @property
    def brief(self) -> str:
        """The answer in a few lines, for copying."""
        return brief_of(self)

    @property
    def text(self) -> str:
        """The answer with reasons and sources as plain text, for copying."""
        return text_of(self)

    @property
    def machine_line(self) -> str:
        """What was told as one line, for pasting back at the next visit."""
        return machine_line_of(self)
