# ruff: noqa: N815 - a constant is spelt exactly as its term, so that what the vocabulary says can be typed as it stands
"""Every term of the vocabulary, and the borrowed terms in use, as plain strings.

``HT.ofHypothesis`` is the IRI of ``ht:ofHypothesis``. Only ``HT.from_`` differs from its term, ``ht:from``, which
Python keeps for itself. The concepts of the code lists come from functions of `ontology.codes`, named here too.
"""

from __future__ import annotations

from typing import Final, final

from ontology.codes import amendment_kind as amendment_kind
from ontology.codes import change_type as change_type
from ontology.codes import decision as decision
from ontology.codes import exclusion_reason as exclusion_reason
from ontology.codes import judgement as judgement
from ontology.codes import link_kind as link_kind
from ontology.codes import resonance_value as resonance_value
from ontology.codes import role as role
from ontology.codes import verdict as verdict
from ontology.prefixes import HT_NAMESPACE, PREFIXES


@final
class HT:
    """Hypothread's own vocabulary: classes, then properties, then code lists."""

    Study: Final = HT_NAMESPACE + "Study"
    Event: Final = HT_NAMESPACE + "Event"
    PlannedEvent: Final = HT_NAMESPACE + "PlannedEvent"
    Analysis: Final = HT_NAMESPACE + "Analysis"
    Workstream: Final = HT_NAMESPACE + "Workstream"
    Organisation: Final = HT_NAMESPACE + "Organisation"
    OrganisationType: Final = HT_NAMESPACE + "OrganisationType"
    Participation: Final = HT_NAMESPACE + "Participation"
    Source: Final = HT_NAMESPACE + "Source"
    Hypothesis: Final = HT_NAMESPACE + "Hypothesis"
    Iteration: Final = HT_NAMESPACE + "Iteration"
    HypothesisVersion: Final = HT_NAMESPACE + "HypothesisVersion"
    Reading: Final = HT_NAMESPACE + "Reading"
    Change: Final = HT_NAMESPACE + "Change"
    Response: Final = HT_NAMESPACE + "Response"
    Exclusion: Final = HT_NAMESPACE + "Exclusion"
    Quote: Final = HT_NAMESPACE + "Quote"
    Coding: Final = HT_NAMESPACE + "Coding"
    Theme: Final = HT_NAMESPACE + "Theme"
    Codebook: Final = HT_NAMESPACE + "Codebook"
    ResonanceObservation: Final = HT_NAMESPACE + "ResonanceObservation"
    Figure: Final = HT_NAMESPACE + "Figure"
    Finding: Final = HT_NAMESPACE + "Finding"
    BlueprintArea: Final = HT_NAMESPACE + "BlueprintArea"
    Amendment: Final = HT_NAMESPACE + "Amendment"
    Changeset: Final = HT_NAMESPACE + "Changeset"
    Motive: Final = HT_NAMESPACE + "Motive"
    Review: Final = HT_NAMESPACE + "Review"

    inStudy: Final = HT_NAMESPACE + "inStudy"
    locator: Final = HT_NAMESPACE + "locator"
    ordinal: Final = HT_NAMESPACE + "ordinal"
    organisationType: Final = HT_NAMESPACE + "organisationType"
    event: Final = HT_NAMESPACE + "event"
    statement: Final = HT_NAMESPACE + "statement"
    text: Final = HT_NAMESPACE + "text"
    about: Final = HT_NAMESPACE + "about"
    printedUnder: Final = HT_NAMESPACE + "printedUnder"
    rationale: Final = HT_NAMESPACE + "rationale"
    recomputedValue: Final = HT_NAMESPACE + "recomputedValue"
    verdict: Final = HT_NAMESPACE + "verdict"
    derivedGraph: Final = HT_NAMESPACE + "derivedGraph"
    editorialGraph: Final = HT_NAMESPACE + "editorialGraph"
    suggestedGraph: Final = HT_NAMESPACE + "suggestedGraph"
    restrictedGraph: Final = HT_NAMESPACE + "restrictedGraph"
    historyGraph: Final = HT_NAMESPACE + "historyGraph"
    channel: Final = HT_NAMESPACE + "channel"
    addedStatements: Final = HT_NAMESPACE + "addedStatements"
    removedStatements: Final = HT_NAMESPACE + "removedStatements"
    reverts: Final = HT_NAMESPACE + "reverts"
    redacts: Final = HT_NAMESPACE + "redacts"
    sha256: Final = HT_NAMESPACE + "sha256"
    organisation: Final = HT_NAMESPACE + "organisation"
    role: Final = HT_NAMESPACE + "role"
    usedAt: Final = HT_NAMESPACE + "usedAt"
    ofHypothesis: Final = HT_NAMESPACE + "ofHypothesis"
    inIteration: Final = HT_NAMESPACE + "inIteration"
    number: Final = HT_NAMESPACE + "number"
    title: Final = HT_NAMESPACE + "title"
    readingOf: Final = HT_NAMESPACE + "readingOf"
    from_: Final = HT_NAMESPACE + "from"
    to: Final = HT_NAMESPACE + "to"
    changeType: Final = HT_NAMESPACE + "changeType"
    motivatedBy: Final = HT_NAMESPACE + "motivatedBy"
    ofChange: Final = HT_NAMESPACE + "ofChange"
    amends: Final = HT_NAMESPACE + "amends"
    amendedIn: Final = HT_NAMESPACE + "amendedIn"
    amendmentKind: Final = HT_NAMESPACE + "amendmentKind"
    removedWords: Final = HT_NAMESPACE + "removedWords"
    addedWords: Final = HT_NAMESPACE + "addedWords"
    earlierPosition: Final = HT_NAMESPACE + "earlierPosition"
    phrase: Final = HT_NAMESPACE + "phrase"
    linkKind: Final = HT_NAMESPACE + "linkKind"
    decision: Final = HT_NAMESPACE + "decision"
    reviewedTarget: Final = HT_NAMESPACE + "reviewedTarget"
    reviewedBody: Final = HT_NAMESPACE + "reviewedBody"
    newBody: Final = HT_NAMESPACE + "newBody"
    reviewedRationale: Final = HT_NAMESPACE + "reviewedRationale"
    score: Final = HT_NAMESPACE + "score"
    method: Final = HT_NAMESPACE + "method"
    laterPosition: Final = HT_NAMESPACE + "laterPosition"
    illustrates: Final = HT_NAMESPACE + "illustrates"
    theme: Final = HT_NAMESPACE + "theme"
    emphasis: Final = HT_NAMESPACE + "emphasis"
    sameWordsAs: Final = HT_NAMESPACE + "sameWordsAs"
    withinQuote: Final = HT_NAMESPACE + "withinQuote"
    fromResponse: Final = HT_NAMESPACE + "fromResponse"
    participant: Final = HT_NAMESPACE + "participant"
    excludes: Final = HT_NAMESPACE + "excludes"
    exclusionReason: Final = HT_NAMESPACE + "exclusionReason"
    round: Final = HT_NAMESPACE + "round"
    version: Final = HT_NAMESPACE + "version"
    resonance: Final = HT_NAMESPACE + "resonance"
    count: Final = HT_NAMESPACE + "count"
    denominator: Final = HT_NAMESPACE + "denominator"
    publishedPercentage: Final = HT_NAMESPACE + "publishedPercentage"
    percentage: Final = HT_NAMESPACE + "percentage"
    publishedValue: Final = HT_NAMESPACE + "publishedValue"
    sumOf: Final = HT_NAMESPACE + "sumOf"
    subtractedFrom: Final = HT_NAMESPACE + "subtractedFrom"
    recomputedFrom: Final = HT_NAMESPACE + "recomputedFrom"
    obstacle: Final = HT_NAMESPACE + "obstacle"
    citesNumber: Final = HT_NAMESPACE + "citesNumber"

    resonanceValues: Final = HT_NAMESPACE + "resonanceValues"
    changeTypes: Final = HT_NAMESPACE + "changeTypes"
    exclusionReasons: Final = HT_NAMESPACE + "exclusionReasons"
    roles: Final = HT_NAMESPACE + "roles"
    verdicts: Final = HT_NAMESPACE + "verdicts"
    judgements: Final = HT_NAMESPACE + "judgements"
    amendmentKinds: Final = HT_NAMESPACE + "amendmentKinds"
    linkKinds: Final = HT_NAMESPACE + "linkKinds"
    decisions: Final = HT_NAMESPACE + "decisions"


@final
class PROV:
    """What came from what, by whom and when."""

    Activity: Final = PREFIXES["prov"] + "Activity"
    Agent: Final = PREFIXES["prov"] + "Agent"
    Association: Final = PREFIXES["prov"] + "Association"
    Collection: Final = PREFIXES["prov"] + "Collection"
    Entity: Final = PREFIXES["prov"] + "Entity"
    Plan: Final = PREFIXES["prov"] + "Plan"
    alternateOf: Final = PREFIXES["prov"] + "alternateOf"
    endedAtTime: Final = PREFIXES["prov"] + "endedAtTime"
    generated: Final = PREFIXES["prov"] + "generated"
    generatedAtTime: Final = PREFIXES["prov"] + "generatedAtTime"
    hadMember: Final = PREFIXES["prov"] + "hadMember"
    invalidatedAtTime: Final = PREFIXES["prov"] + "invalidatedAtTime"
    specializationOf: Final = PREFIXES["prov"] + "specializationOf"
    startedAtTime: Final = PREFIXES["prov"] + "startedAtTime"
    used: Final = PREFIXES["prov"] + "used"
    wasAssociatedWith: Final = PREFIXES["prov"] + "wasAssociatedWith"
    wasAttributedTo: Final = PREFIXES["prov"] + "wasAttributedTo"
    wasDerivedFrom: Final = PREFIXES["prov"] + "wasDerivedFrom"
    wasGeneratedBy: Final = PREFIXES["prov"] + "wasGeneratedBy"
    wasInfluencedBy: Final = PREFIXES["prov"] + "wasInfluencedBy"
    wasInvalidatedBy: Final = PREFIXES["prov"] + "wasInvalidatedBy"
    wasQuotedFrom: Final = PREFIXES["prov"] + "wasQuotedFrom"
    wasRevisionOf: Final = PREFIXES["prov"] + "wasRevisionOf"


@final
class SKOS:
    """Concepts, their labels and how they nest."""

    Concept: Final = PREFIXES["skos"] + "Concept"
    ConceptScheme: Final = PREFIXES["skos"] + "ConceptScheme"
    altLabel: Final = PREFIXES["skos"] + "altLabel"
    broader: Final = PREFIXES["skos"] + "broader"
    broaderTransitive: Final = PREFIXES["skos"] + "broaderTransitive"
    definition: Final = PREFIXES["skos"] + "definition"
    hasTopConcept: Final = PREFIXES["skos"] + "hasTopConcept"
    inScheme: Final = PREFIXES["skos"] + "inScheme"
    narrower: Final = PREFIXES["skos"] + "narrower"
    notation: Final = PREFIXES["skos"] + "notation"
    prefLabel: Final = PREFIXES["skos"] + "prefLabel"
    topConceptOf: Final = PREFIXES["skos"] + "topConceptOf"


@final
class ORG:
    """Organisations."""

    Organization: Final = PREFIXES["org"] + "Organization"
    classification: Final = PREFIXES["org"] + "classification"
    subOrganizationOf: Final = PREFIXES["org"] + "subOrganizationOf"


@final
class OA:
    """Web Annotation: words in a document, and judgements on them."""

    Annotation: Final = PREFIXES["oa"] + "Annotation"
    SpecificResource: Final = PREFIXES["oa"] + "SpecificResource"
    TextQuoteSelector: Final = PREFIXES["oa"] + "TextQuoteSelector"
    exact: Final = PREFIXES["oa"] + "exact"
    hasBody: Final = PREFIXES["oa"] + "hasBody"
    hasSelector: Final = PREFIXES["oa"] + "hasSelector"
    hasSource: Final = PREFIXES["oa"] + "hasSource"
    hasTarget: Final = PREFIXES["oa"] + "hasTarget"
    prefix: Final = PREFIXES["oa"] + "prefix"
    suffix: Final = PREFIXES["oa"] + "suffix"


@final
class QB:
    """The RDF Data Cube."""

    AttributeProperty: Final = PREFIXES["qb"] + "AttributeProperty"
    DataSet: Final = PREFIXES["qb"] + "DataSet"
    DimensionProperty: Final = PREFIXES["qb"] + "DimensionProperty"
    MeasureProperty: Final = PREFIXES["qb"] + "MeasureProperty"
    Observation: Final = PREFIXES["qb"] + "Observation"
    codeList: Final = PREFIXES["qb"] + "codeList"
    dataSet: Final = PREFIXES["qb"] + "dataSet"


@final
class DCTERMS:
    """Titles, identifiers and dates of documents."""

    created: Final = PREFIXES["dcterms"] + "created"
    creator: Final = PREFIXES["dcterms"] + "creator"
    description: Final = PREFIXES["dcterms"] + "description"
    identifier: Final = PREFIXES["dcterms"] + "identifier"
    isPartOf: Final = PREFIXES["dcterms"] + "isPartOf"
    issued: Final = PREFIXES["dcterms"] + "issued"
    license: Final = PREFIXES["dcterms"] + "license"
    modified: Final = PREFIXES["dcterms"] + "modified"
    publisher: Final = PREFIXES["dcterms"] + "publisher"
    source: Final = PREFIXES["dcterms"] + "source"
    subject: Final = PREFIXES["dcterms"] + "subject"
    title: Final = PREFIXES["dcterms"] + "title"


@final
class DCAT:
    """Data catalogues."""

    Dataset: Final = PREFIXES["dcat"] + "Dataset"
    Distribution: Final = PREFIXES["dcat"] + "Distribution"
    distribution: Final = PREFIXES["dcat"] + "distribution"


@final
class SCHEMA:
    """schema.org."""

    Event: Final = PREFIXES["schema"] + "Event"
    about: Final = PREFIXES["schema"] + "about"
    domainIncludes: Final = PREFIXES["schema"] + "domainIncludes"
    endDate: Final = PREFIXES["schema"] + "endDate"
    position: Final = PREFIXES["schema"] + "position"
    rangeIncludes: Final = PREFIXES["schema"] + "rangeIncludes"
    startDate: Final = PREFIXES["schema"] + "startDate"
    text: Final = PREFIXES["schema"] + "text"


@final
class RDF:
    """RDF itself."""

    type: Final = PREFIXES["rdf"] + "type"
    first: Final = PREFIXES["rdf"] + "first"
    rest: Final = PREFIXES["rdf"] + "rest"
    nil: Final = PREFIXES["rdf"] + "nil"
    langString: Final = PREFIXES["rdf"] + "langString"


@final
class RDFS:
    """Classes and properties."""

    comment: Final = PREFIXES["rdfs"] + "comment"
    domain: Final = PREFIXES["rdfs"] + "domain"
    isDefinedBy: Final = PREFIXES["rdfs"] + "isDefinedBy"
    label: Final = PREFIXES["rdfs"] + "label"
    range: Final = PREFIXES["rdfs"] + "range"
    seeAlso: Final = PREFIXES["rdfs"] + "seeAlso"
    subClassOf: Final = PREFIXES["rdfs"] + "subClassOf"
    subPropertyOf: Final = PREFIXES["rdfs"] + "subPropertyOf"


@final
class OWL:
    """Ontologies."""

    AllDisjointClasses: Final = PREFIXES["owl"] + "AllDisjointClasses"
    Class: Final = PREFIXES["owl"] + "Class"
    DatatypeProperty: Final = PREFIXES["owl"] + "DatatypeProperty"
    ObjectProperty: Final = PREFIXES["owl"] + "ObjectProperty"
    Ontology: Final = PREFIXES["owl"] + "Ontology"
    members: Final = PREFIXES["owl"] + "members"
    versionInfo: Final = PREFIXES["owl"] + "versionInfo"


@final
class XSD:
    """Datatypes of literals."""

    boolean: Final = PREFIXES["xsd"] + "boolean"
    date: Final = PREFIXES["xsd"] + "date"
    dateTime: Final = PREFIXES["xsd"] + "dateTime"
    decimal: Final = PREFIXES["xsd"] + "decimal"
    gYear: Final = PREFIXES["xsd"] + "gYear"
    gYearMonth: Final = PREFIXES["xsd"] + "gYearMonth"
    integer: Final = PREFIXES["xsd"] + "integer"
    string: Final = PREFIXES["xsd"] + "string"
