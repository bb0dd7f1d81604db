"""The one table of weights: what each feature of a sentence is worth, by the kind of the article."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from summaries.models import Kind


@dataclass(frozen=True)
class Weights:
    """One weight a feature, in the order of the columns. `score` is their weighted sum."""

    position: float
    first: float
    second: float
    relative: float
    closing: float
    lexrank: float
    centroid: float
    density: float
    title_covered: float
    in_title: float
    like_first: float
    like_earlier: float
    short: float
    long: float
    log_length: float
    capitals: float
    number: float
    quote_start: float
    quote: float
    dangling: float
    stop_share: float
    argues: float
    question: float
    unfinished: float

    def vector(self) -> NDArray[np.float64]:
        return np.array([getattr(self, field.name) for field in fields(self)])


REPORT = Weights(
    position=1.18,
    first=1.24,
    second=0.15,
    relative=-0.42,
    closing=0.0,
    lexrank=0.57,
    centroid=0.20,
    density=0.47,
    title_covered=0.41,
    in_title=1.81,
    like_first=0.25,
    like_earlier=-0.58,
    short=-0.28,
    long=-0.20,
    log_length=-0.11,
    capitals=0.30,
    number=0.23,
    quote_start=-0.25,
    quote=-0.10,
    dangling=-0.20,
    stop_share=0.70,
    argues=0.0,
    question=-0.30,
    unfinished=-0.40,
)

# What an author argues stands in the middle and at the end, in sentences of obligation; the opening sets a scene.
OPINION = replace(
    REPORT,
    position=0.3,
    first=0.1,
    second=0.0,
    relative=0.2,
    closing=0.6,
    lexrank=1.0,
    centroid=0.9,
    argues=0.9,
    number=0.0,
    question=-0.5,
)
# An analysis reports first and argues later.
ANALYSIS = replace(REPORT, position=0.8, first=0.7, relative=-0.1, closing=0.3, lexrank=0.9, centroid=0.6, argues=0.6)

_BY_KIND: dict[Kind, Weights] = {"opinion": OPINION, "analysis": ANALYSIS}


def weights_for(kind: Kind) -> Weights:
    return _BY_KIND.get(kind, REPORT)
