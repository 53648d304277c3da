"""Text that would make the server contact another one is refused before any engine sees it.

``SERVICE`` (SPARQL 1.1 Federated Query, section 2) and ``LOAD`` (SPARQL 1.1 Update, section 3.1.4) make the engine open
connections by itself; `ontology.sparql_clauses` finds them.
"""

from __future__ import annotations

from api.errors import ContactRefused, MalformedRequest
from ontology.errors import UnreadableSparqlError
from ontology.sparql_clauses import load_at, service_at
from ontology.sparql_words import position


def refuse_contacts(text: str, *, update: bool) -> None:
    """Refuses text that would contact another server.

    Args:
        text: a query or an update.
        update: whether it is an update, where ``LOAD`` is known.

    Raises:
        ContactRefused: with the line and column of the clause.
        MalformedRequest: when the text cannot be split into words.
    """
    try:
        service, load = service_at(text), load_at(text) if update else None
    except UnreadableSparqlError as error:
        raise MalformedRequest(f"{error} (line {error.line}, column {error.column})") from None
    if service is not None:
        message = "SERVICE is refused: a query of this server contacts no other. Import the data."
        raise ContactRefused(message, *position(text, service))
    if load is not None:
        message = "LOAD is refused: this server fetches nothing. Send the data to /data, or import it."
        raise ContactRefused(message, *position(text, load))
