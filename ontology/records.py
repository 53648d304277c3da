"""The rows of a study, one frozen record a sheet, bearing the vocabulary's names.

A record is what a sheet's row says, before it becomes RDF. The fields' metadata (see `ontology.columns`) say how a cell
is read: that one definition drives the reader, its error messages, the template and the reference page. Fields that
hold several values are tuples; a cell separates them with ``|``. An empty cell is "not stated": ``None`` or ``()``.

How each record becomes triples is set out in ``docs/reference/graph.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ontology.choices import CHANGE_TYPES, DECISIONS, EXCLUSION_REASONS, LINK_KINDS, RESONANCE_VALUES, ROLES
from ontology.columns import Row, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(Row):
    """One programme of refining hypotheses; a study folder has exactly one."""

    SHEET: ClassVar[str] = "study"

    key: str = column("key", "The study's key, part of every IRI.", required=True)
    title: str = column("text", "The programme's name.", required=True)
    description: str | None = column("text", "One or two sentences about the programme.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Row):
    """A document that data was taken from."""

    SHEET: ClassVar[str] = "sources"

    key: str = column("key", "The document's key.", required=True)
    title: str = column("text", "The document's title.", required=True)
    issued: str | None = column("instant", "When it was issued.")
    publisher: str | None = column("text", "Who published it.")
    sha256: str | None = column("text", "The SHA-256 of the file that was transcribed, in hexadecimal.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Row):
    """Something that happens in the programme: an event, a planned one, a stage of analysis, or a workstream."""

    SHEET: ClassVar[str] = "events"

    key: str = column("key", "The event's key.", required=True)
    kind: str = column(
        "choice", "What it is.", required=True, choices=("event", "planned-event", "analysis", "workstream")
    )
    label: str = column("text", "Its name.", required=True)
    ordinal: int | None = column("whole", "Its place in order, as for a stage of analysis.")
    started: str | None = column("instant", "When it began: 2023-12-11, 2024-01 or a full date and time.")
    ended: str | None = column("instant", "When it ended.")
    part_of: str | None = column("reference", "The event or workstream it belongs to.", refers_to=("events",))
    used: tuple[str, ...] = column("reference", "The iterations it worked on.", many=True, refers_to=("iterations",))
    associated: tuple[str, ...] = column(
        "reference", "The organisations that carried it out.", many=True, refers_to=("organisations",)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationType(Row):
    """A kind of organisation; a quote is attributed to one of these."""

    SHEET: ClassVar[str] = "organisation_types"

    key: str = column("key", "The type's key.", required=True)
    label: str = column("text", "Its name.", required=True)
    definition: str | None = column("text", "What counts as one.")
    broader: str | None = column("reference", "The wider type.", refers_to=("organisation_types",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Row):
    """An organisation and the parts it played, each written ``role@event``."""

    SHEET: ClassVar[str] = "organisations"

    key: str = column("key", "The organisation's key.", required=True)
    label: str = column("text", "Its name.", required=True)
    type: str | None = column("reference", "What kind it is.", refers_to=("organisation_types",))
    part_of: str | None = column("reference", "The organisation it belongs to.", refers_to=("organisations",))
    roles: tuple[str, ...] = column(
        "role", "Its parts: host@kick-off.", many=True, refers_to=("events",), choices=ROLES
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Iteration(Row):
    """One ordered set of hypothesis versions."""

    SHEET: ClassVar[str] = "iterations"

    ordinal: int = column("whole", "Its number, from 1.", required=True)
    label: str | None = column("text", "What the source calls it.")
    issued: str | None = column("instant", "When it was issued.")
    used_at: str | None = column("reference", "The event it was put before.", refers_to=("events",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis(Row):
    """The idea that lasts while wording, number and title change."""

    SHEET: ClassVar[str] = "hypotheses"

    key: str = column("key", "The hypothesis's key.", required=True)
    label: str = column("text", "The name it goes by.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisVersion(Row):
    """One hypothesis in one iteration; referred to as ``key/iteration``."""

    SHEET: ClassVar[str] = "versions"

    hypothesis: str = column("reference", "The hypothesis.", required=True, refers_to=("hypotheses",))
    iteration: str = column("reference", "The iteration.", required=True, refers_to=("iterations",))
    number: int = column("whole", "Its number in that iteration, from 1.", required=True)
    title: str | None = column("text", "Its title, where it has one.")
    alt_label: str | None = column("text", "Another name the source uses for it.")
    statement: str = column("text", "The canonical wording, to the letter.", required=True)
    revises: str | None = column("reference", "The version of the same hypothesis it revises.", refers_to=("versions",))
    derived_from: tuple[str, ...] = column(
        "reference", "Versions of other hypotheses it grew from (merge, split).", many=True, refers_to=("versions",)
    )

    @property
    def key(self) -> str:
        """``key/iteration``, the way other sheets name this version."""
        return f"{self.hypothesis}/{self.iteration}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Row):
    """One distinct wording of a version that differs from the canonical one, with every place where it stands."""

    SHEET: ClassVar[str] = "readings"

    key: str = column("key", "The reading's key.", required=True)
    version: str = column("reference", "The version it words differently.", required=True, refers_to=("versions",))
    statement: str = column("text", "The wording, to the letter.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Row):
    """What happened between versions."""

    SHEET: ClassVar[str] = "changes"

    key: str = column("key", "The change's key.", required=True)
    before: tuple[str, ...] = column("reference", "The versions it started from.", many=True, refers_to=("versions",))
    after: tuple[str, ...] = column("reference", "The versions it led to.", many=True, refers_to=("versions",))
    types: tuple[str, ...] = column(
        "choice", "What kind of change; may be empty between two versions of one hypothesis, which then show it.",
        many=True, choices=CHANGE_TYPES,
    )  # fmt: skip
    rationale: str | None = column("text", "The reason given.")
    motivated_by: tuple[str, ...] = column(
        "reference", "What moved those who decided.", many=True, refers_to=("quotes", "themes")
    )
    decided_by: tuple[str, ...] = column("reference", "Who decided.", many=True, refers_to=("organisations",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Motive(Row):
    """What an analyst says moved a change, or the very words of one of its amendments."""

    SHEET: ClassVar[str] = "motives"

    key: str = column("key", "The motive's key.", required=True)
    change: str = column(
        "reference", "The change, or the version it led to.", required=True, refers_to=("changes", "versions")
    )
    amendment: str | None = column(
        "text", "The words that were added or removed, such as ``patient benefit``; empty for the change as a whole."
    )
    motive: str = column(
        "reference", "The quote or theme that moved it.", required=True, refers_to=("quotes", "themes")
    )
    attributed_to: str = column("text", "Who says so.", required=True)
    rationale: str | None = column("text", "The reason, in one line.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Row):
    """A theme in a codebook, or (``kind`` codebook) the codebook itself."""

    SHEET: ClassVar[str] = "themes"

    key: str = column("key", "The theme's key.", required=True)
    kind: str = column("choice", "Theme or codebook.", required=True, choices=("theme", "codebook"))
    codebook: str | None = column("reference", "The codebook a theme belongs to.", refers_to=("themes",))
    label: str = column("text", "Its name.", required=True)
    definition: str | None = column("text", "What falls under it.")
    broader: str | None = column("reference", "The wider theme.", refers_to=("themes",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Row):
    """Verbatim words in a source, without the quotation marks that enclose them."""

    SHEET: ClassVar[str] = "quotes"

    key: str = column("key", "The quote's key.", required=True)
    text: str = column("text", "The words, to the letter.", required=True)
    organisation_type: str | None = column(
        "reference", "The kind of organisation it came from.", refers_to=("organisation_types",)
    )
    about: str | None = column("reference", "The version it answers.", refers_to=("versions",))
    illustrates: str | None = column("reference", "The area it is printed under.", refers_to=("blueprint",))
    printed_under: str | None = column("reference", "The reading it is printed under.", refers_to=("readings",))
    themes: tuple[str, ...] = column(
        "reference", "Themes the source itself gives it.", many=True, refers_to=("themes",)
    )
    emphasis: tuple[str, ...] = column(
        "range", "Emphasised characters as start-end, from 0, end not included.", many=True
    )
    same_words_as: str | None = column("reference", "An earlier quote with equal words.", refers_to=("quotes",))
    within_quote: str | None = column("reference", "A longer quote that contains these words.", refers_to=("quotes",))
    from_response: str | None = column("reference", "The response it was taken from.", refers_to=("responses",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Row):
    """What one participant wrote to one question (restricted)."""

    SHEET: ClassVar[str] = "responses"

    key: str = column("key", "The response's key.", required=True)
    participant: str | None = column("text", "A pseudonym.")
    organisation_type: str | None = column(
        "reference", "The participant's kind of organisation.", refers_to=("organisation_types",)
    )
    about: str | None = column("reference", "The version it answers.", refers_to=("versions",))
    event: str | None = column("reference", "Where it was given.", refers_to=("events",))
    text: str = column("text", "The words.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Row):
    """Sets a response aside; the response stays."""

    SHEET: ClassVar[str] = "exclusions"

    response: str = column("reference", "The response set aside.", required=True, refers_to=("responses",))
    reason: str = column("choice", "Why.", required=True, choices=EXCLUSION_REASONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding(Row):
    """One analyst's judgement, in one round (restricted)."""

    SHEET: ClassVar[str] = "codings"

    key: str = column("key", "The coding's key.", required=True)
    target: str = column("reference", "What was judged.", required=True, refers_to=("responses", "quotes"))
    body: str = column(
        "reference", "The judgement.", required=True,
        refers_to=("themes", "resonance-values", "versions", "blueprint"),
    )  # fmt: skip
    attributed_to: str = column("text", "The analyst, by pseudonym.", required=True)
    round: int = column("whole", "The round, from 1.", required=True)
    rationale: str | None = column("text", "The reason.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResonanceObservation(Row):
    """How many of those who answered said what, as published."""

    SHEET: ClassVar[str] = "resonance"

    version: str = column("reference", "The version asked about.", required=True, refers_to=("versions",))
    printed_under: str | None = column("reference", "The reading it is printed under.", refers_to=("readings",))
    resonance: str = column("choice", "The answer counted.", required=True, choices=RESONANCE_VALUES)
    organisation_type: str | None = column(
        "reference", "Only answers of this kind of organisation.", refers_to=("organisation_types",)
    )
    count: int = column("whole", "How many gave that answer.", required=True)
    denominator: int = column("whole", "How many answered.", required=True)
    published_percentage: str | None = column("text", "The percentage exactly as printed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Row):
    """A number as published, and what it can be recomputed from."""

    SHEET: ClassVar[str] = "figures"

    key: str = column("key", "The figure's key.", required=True)
    label: str = column("text", "What it counts.", required=True)
    value: str = column("text", "The number exactly as printed.", required=True)
    parts: tuple[str, ...] = column("reference", "Figures it should add up to.", many=True, refers_to=("figures",))
    subtracted_from: str | None = column("reference", "The figure this one may be left out of.", refers_to=("figures",))
    recomputed_from: str | None = column(
        "choice", "Data of the study it should equal the sum of.", choices=("resonance-denominators",)
    )
    obstacle: str | None = column("text", "Why it cannot be recomputed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Row):
    """A conclusion: the source's, or (``kind`` editorial) one of the study's editors about the source."""

    SHEET: ClassVar[str] = "findings"

    key: str = column("key", "The finding's key.", required=True)
    kind: str = column("choice", "Whose conclusion.", required=True, choices=("source", "editorial"))
    text: str = column("text", "What is concluded.", required=True)
    cites_number: str | None = column("text", "The hypothesis number exactly as cited.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueprintArea(Row):
    """A recommendation or thematic area of the blueprint."""

    SHEET: ClassVar[str] = "blueprint"

    key: str = column("key", "The area's key.", required=True)
    ordinal: int = column("whole", "Its number.", required=True)
    label: str = column("text", "Its title, to the letter.", required=True)
    generated_by: str | None = column("reference", "The analysis it came from.", refers_to=("events",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Row):
    """An editorial reading: a link the source does not state, with its reason."""

    SHEET: ClassVar[str] = "links"

    key: str = column("key", "The reading's key.", required=True)
    target: str = column(
        "reference", "What is read.", required=True, refers_to=("quotes", "hypotheses", "versions", "findings")
    )
    body: str = column(
        "reference", "What it is read as speaking to; ``judgements:unclear`` where no reading is safe.", required=True,
        refers_to=("themes", "blueprint", "versions", "judgements"),
    )  # fmt: skip
    attributed_to: str = column("text", "Whose reading.", required=True)
    rationale: str = column("text", "The reason, in one line.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Row):
    """What a reviewer decided of one editorial or suggested link; the newest decision of each is kept.

    `target` and `body` are the link's own as it was reviewed: a decision holds for that link only, not for another one
    that later bears its key.
    """

    SHEET: ClassVar[str] = "reviews"

    key: str = column("key", "The key of the link that was reviewed, made of what it joins.", required=True)
    kind: str = column("choice", "What was reviewed.", required=True, choices=LINK_KINDS)
    decision: str = column("choice", "What was decided.", required=True, choices=DECISIONS)
    target: str = column(
        "reference", "What is read; the motive that is suggested; or the earlier version.", required=True,
        refers_to=("quotes", "themes", "hypotheses", "versions", "findings"),
    )  # fmt: skip
    body: str = column(
        "reference", "What it is read as speaking to; the change; or the later version.", required=True,
        refers_to=("themes", "blueprint", "versions", "judgements", "changes"),
    )  # fmt: skip
    amendment: str | None = column("text", "Of a suggested motive, the words of the amendment.")
    new_body: str | None = column(
        "reference", "Of a reworded reading, what it speaks to instead.",
        refers_to=("themes", "blueprint", "versions", "judgements"),
    )  # fmt: skip
    rationale: str | None = column("text", "The reason: of the decision, or as it was reworded.")
    reviewed_rationale: str | None = column("text", "The reason that the link bore when it was reviewed.")
    score: str | None = column("text", "The score that a program gave, from 0 to 1.")
    method: str | None = column("text", "How a program found it.")
    attributed_to: str = column("text", "Who decided.", required=True)
    decided_at: str = column("instant", "When it was decided.", required=True)


SHEETS: Mapping[str, type[Row]] = MappingProxyType(
    {
        record.SHEET: record
        for record in (
            Study, Source, Event, OrganisationType, Organisation, Iteration, Hypothesis, HypothesisVersion, Reading,
            Change, Motive, Theme, Quote, Response, Exclusion, Coding, ResonanceObservation, Figure, Finding,
            BlueprintArea, Link, Review,
        )
    }
)  # fmt: skip

REQUIRED_SHEETS = ("study", "iterations", "hypotheses", "versions")
