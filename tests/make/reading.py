"""What is made of a few things told of a patient, under the shipped knowledge."""

from conditions.reasoning.classify import Classified, classify

from .shipped import patient, shipped


def read(*told: str, **measured: tuple[str, str] | tuple[str, str, str]) -> Classified:
    """As ``patient``, classified."""
    return classify(patient(*told, **measured), shipped())


def number(classified: Classified, finding: str) -> str:
    """The amount and its unit; nothing if there is none."""
    quantity = classified.amounts.get(finding)
    return f"{quantity.text} {quantity.unit}" if quantity else ""


def state(classified: Classified, finding: str) -> str:
    """The states it may be in; nothing if nothing is known."""
    return "/".join(sorted(classified.known.get(finding, ())))
