"""No rule ships that no case has ever met."""

from conditions.reasoning.cases import interpret_case
from tests.make.shipped import shipped


def test_every_rule_holds_or_is_set_aside_in_some_case() -> None:
    met: set[str] = set()
    for case in shipped().cases.values():
        said = interpret_case(case, shipped())
        for opinion in (*said.b12_states, *said.spoken_of):
            met |= {reason.rule.slug for reason in (*opinion.reasons, *opinion.set_aside)}

    assert shipped().rules.keys() - met == set()
