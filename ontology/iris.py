"""The IRIs of a study's items, made from their keys, and the way back.

The forms are set out in ``docs/reference/graph.md``. The same keys always give the same IRIs, so importing a study
twice gives the same graph.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from ontology.errors import UnusableKeyError

DEFAULT_BASE: Final = "https://w3id.org/hypothread/id/"
VOCABULARY_GRAPH: Final = "https://w3id.org/hypothread/ns"

Basis = Literal["published", "computed"]

_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ORDINAL: Final = re.compile(r"[1-9][0-9]*")
_EVENT_SEGMENT: Final = {"event": "event", "planned-event": "event", "analysis": "analysis", "workstream": "workstream"}


def slug(label: str) -> str:
    """A label as a key: lower-case ASCII letters and digits, joined by hyphens.

    Accents are dropped (``Café Nº 2`` gives ``cafe-no-2``).

    Raises:
        UnusableKeyError: No letter or digit is left.
    """
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode("ascii").lower()
    found = "-".join(re.findall(r"[a-z0-9]+", plain))
    if not found:
        raise UnusableKeyError(f"“{label}” holds no Latin letter and no digit to make a key of. Add one.")
    return found


class ParsedIri(NamedTuple):
    """What an item's IRI says: its study, what it is, and its key.

    `kind` is the name of the `StudyIris` method that gives such IRIs (``hypothesis``, ``version``, ``quote_target``,
    ``derived_graph``, …; ``event``, ``analysis`` and ``workstream`` each by their own name). `rest` is what follows in
    the path: a key, or keys separated by slashes, or nothing.
    """

    study: str
    kind: str
    rest: str


@dataclass(frozen=True, slots=True)
class StudyIris:
    """Makes the IRIs of one study's items.

    Args:
        base: The instance base, ending in a slash.
        study_key: The study's key.

    Raises:
        UnusableKeyError: The base or the study's key, or later an item's key, cannot be part of an IRI.
    """

    base: str
    study_key: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*/", self.base):
            raise UnusableKeyError(f"The base “{self.base}” must be an absolute IRI that ends with a slash.")
        _checked(self.study_key)

    @property
    def study(self) -> str:
        """The study itself."""
        return f"{self.base}{self.study_key}"

    def _at(self, *segments: str) -> str:
        return "/".join((self.study, *segments))

    def source(self, key: str) -> str:
        """A source document."""
        return self._at("source", _checked(key))

    def event(self, kind: str, key: str) -> str:
        """An event, planned event, analysis or workstream; `kind` is the sheet's word."""
        if kind not in _EVENT_SEGMENT:
            raise UnusableKeyError(f"“{kind}” is no kind of event. Use one of: {', '.join(_EVENT_SEGMENT)}.")
        return self._at(_EVENT_SEGMENT[kind], _checked(key))

    def organisation_type(self, key: str) -> str:
        """A kind of organisation."""
        return self._at("organisation-type", _checked(key))

    def organisation_types(self) -> str:
        """The concept scheme of the study's organisation types."""
        return self._at("organisation-types")

    def organisation(self, key: str) -> str:
        """An organisation."""
        return self._at("organisation", _checked(key))

    def participation(self, organisation: str, event: str, role: str) -> str:
        """The part an organisation played in an event, all three by key."""
        return self._at("participation", _checked(organisation), _checked(event), _checked(role))

    def iteration(self, ordinal: int | str) -> str:
        """An iteration, by its number."""
        return self._at("iteration", _checked_ordinal(str(ordinal)))

    def hypothesis(self, key: str) -> str:
        """A hypothesis, the idea that lasts."""
        return self._at("hypothesis", _checked(key))

    def version(self, key: str) -> str:
        """A version, by hypothesis and iteration: ``utility/1``."""
        return self._at("hypothesis", _checked_version(key))

    def reading(self, key: str) -> str:
        """A reading of a version."""
        return self._at("reading", _checked(key))

    def change(self, key: str) -> str:
        """A change between versions."""
        return self._at("change", _checked(key))

    def amendment(self, change: str, number: int) -> str:
        """An amendment, by its change's key and its number there, from 1."""
        return self._at("change", _checked(change), "amendment", _checked_ordinal(str(number)))

    def motive(self, key: str) -> str:
        """What an analyst says moved a change or an amendment."""
        return self._at("motive", _checked(key))

    def theme(self, key: str) -> str:
        """A theme."""
        return self._at("theme", _checked(key))

    def codebook(self, key: str) -> str:
        """A codebook."""
        return self._at("codebook", _checked(key))

    def quote(self, key: str) -> str:
        """A quote."""
        return self._at("quote", _checked(key))

    def quote_target(self, key: str) -> str:
        """What a quote is a quote of: the words in their source."""
        return self._at("quote", _checked(key), "target")

    def quote_selector(self, key: str) -> str:
        """How a quote's words are found in their source."""
        return self._at("quote", _checked(key), "selector")

    def response(self, key: str) -> str:
        """A response."""
        return self._at("response", _checked(key))

    def exclusion(self, response: str) -> str:
        """The exclusion of a response, by the response's key."""
        return self._at("exclusion", _checked(response))

    def coding(self, key: str) -> str:
        """An analyst's coding."""
        return self._at("coding", _checked(key))

    def link(self, key: str) -> str:
        """An editorial reading."""
        return self._at("link", _checked(key))

    def review(self, key: str) -> str:
        """What a reviewer decided of a link, by the link's review key."""
        return self._at("review", _checked(key))

    def agent(self, label: str) -> str:
        """Whoever judged, by label or pseudonym; two labels with the same `slug` are the same agent."""
        return self._at("agent", slug(label))

    def dataset(self, key: str) -> str:
        """A data set of resonance observations, such as ``published-overall``."""
        return self._at("dataset", _checked(key))

    def resonance(
        self, version: str, resonance: str, organisation_type: str | None = None, *, basis: Basis = "published"
    ) -> str:
        """A resonance observation: of a version (``utility/1``), an answer and, where given, a kind of organisation."""
        own = () if organisation_type is None else (_checked(organisation_type),)
        name = resonance_dataset(organisation_type, basis=basis)
        return self._at("resonance", name, _checked_version(version), _checked(resonance), *own)

    def figure(self, key: str) -> str:
        """A published figure."""
        return self._at("figure", _checked(key))

    def finding(self, key: str) -> str:
        """A finding."""
        return self._at("finding", _checked(key))

    def blueprint(self, key: str) -> str:
        """A blueprint area."""
        return self._at("blueprint", _checked(key))

    def changeset(self, number: int) -> str:
        """A commit to the store, by its number."""
        return self._at("changeset", _checked_ordinal(str(number)))

    def graph(self) -> str:
        """The graph of what sources state."""
        return self._at("graph")

    def derived_graph(self) -> str:
        """The graph of what follows from it."""
        return self._at("graph", "derived")

    def editorial_graph(self) -> str:
        """The graph of the editors' readings."""
        return self._at("graph", "editorial")

    def suggested_graph(self) -> str:
        """The graph of what a program proposes."""
        return self._at("graph", "suggested")

    def restricted_graph(self) -> str:
        """The graph of single responses and codings."""
        return self._at("graph", "restricted")

    def history_graph(self) -> str:
        """The graph of changes to the study's own data."""
        return self._at("graph", "history")


def resonance_dataset(organisation_type: str | None = None, *, basis: Basis = "published") -> str:
    """The key of an observation's data set: ``published-overall``, ``computed-by-organisation-type`` and their like."""
    return f"{basis}-overall" if organisation_type is None else f"{basis}-by-organisation-type"


def parse_iri(base: str, iri: str) -> ParsedIri | None:
    """What an item's IRI says, or ``None`` where it is no item's IRI under `base`.

    >>> parse_iri(DEFAULT_BASE, "https://w3id.org/hypothread/id/lending/hypothesis/reminders/2")
    ParsedIri(study='lending', kind='version', rest='reminders/2')
    """
    if not iri.startswith(base):
        return None
    study, *segments = iri.removeprefix(base).split("/")
    if not all(_KEY.fullmatch(each) for each in (study, *segments)):
        return None
    found = _kind_and_rest(tuple(segments))
    return None if found is None else ParsedIri(study, *found)


_ONE_KEY: Final = frozenset(
    (
        "source", "event", "analysis", "workstream", "organisation-type", "organisation", "iteration", "hypothesis",
        "reading", "change", "motive", "theme", "codebook", "quote", "response", "exclusion", "coding", "link",
        "review", "agent", "dataset", "figure", "finding", "blueprint", "changeset",
    )
)  # fmt: skip
_GRAPHS: Final = frozenset(("derived", "editorial", "suggested", "restricted", "history"))


def _kind_and_rest(segments: tuple[str, ...]) -> tuple[str, str] | None:
    rest = "/".join(segments[1:])
    match segments:
        case ():
            return "study", ""
        case ("organisation-types",) | ("graph",):
            return segments[0].replace("-", "_"), ""
        case ("graph", name) if name in _GRAPHS:
            return f"{name}_graph", ""
        case ("hypothesis", _, iteration) if _ORDINAL.fullmatch(iteration):
            return "version", rest
        case ("quote", key, ("target" | "selector") as part):
            return f"quote_{part}", key
        case ("change", change, "amendment", number) if _ORDINAL.fullmatch(number):
            return "amendment", f"{change}/{number}"
        case ("participation", _, _, _) | ("resonance", _, _, _, _) | ("resonance", _, _, _, _, _):
            return segments[0], rest
        case ("iteration" | "changeset", ordinal) if not _ORDINAL.fullmatch(ordinal):
            return None
        case (kind, key) if kind in _ONE_KEY:
            return kind.replace("-", "_"), key
        case _:
            return None


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise UnusableKeyError(
            f"“{key}” cannot be a key. Use lower-case letters and digits, joined by single hyphens: {_suggestion(key)}."
        )
    return key


def _checked_ordinal(text: str) -> str:
    if not _ORDINAL.fullmatch(text):
        raise UnusableKeyError(f"“{text}” is no place in an order. Use a whole number from 1, without leading zeros.")
    return text


def _suggestion(key: str) -> str:
    try:
        return f"“{slug(key)}”"
    except UnusableKeyError:
        return "“plain-language”"


def _checked_version(key: str) -> str:
    hypothesis, slash, iteration = key.partition("/")
    if not slash or not _ORDINAL.fullmatch(iteration):
        raise UnusableKeyError(f"“{key}” names no version. Write the hypothesis's key and the iteration: “utility/1”.")
    return f"{_checked(hypothesis)}/{iteration}"
