"""RDF text from outside, read in a worker into N-Quads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO, Any, Final, cast

from pyoxigraph import RdfFormat, parse, serialize

from graphstore.errors import DataSyntaxError, translated
from graphstore.readers.output import Output

_MARKS: Final = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# XML 1.0, section 2.8: a document type declaration stands before the root element, among comments and instructions.
_DOCTYPE: Final = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<!DOCTYPE", re.DOTALL | re.IGNORECASE)
_REMOTE_CONTEXT: Final = "LoadDocumentCallback"


def refuse_doctype(data: bytes) -> None:
    """Refuses XML that declares entities or could.

    Raises:
        DataSyntaxError: when there is a document type declaration.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if _DOCTYPE.match(data.decode(encoding, "replace").lstrip("\ufeff")):
        raise DataSyntaxError(
            "RDF/XML with a DOCTYPE is refused, because its entities can grow without end. Write the values out."
        )


def answer_parse(request: Mapping[str, Any], data: bytes, output: Output) -> None:
    """Reads `data` and writes its statements as N-Quads; blank nodes get labels that nothing else bears.

    The engine's parser contacts nobody: a JSON-LD context elsewhere is an error, told here in the user's words.

    Raises:
        DataSyntaxError: with line and column; for a DOCTYPE and a remote context too.
        AnswerTooLarge: when the statements take more bytes than they may.
    """
    rdf_format = RdfFormat.from_media_type(request["media_type"])
    if rdf_format is None:
        raise DataSyntaxError(f"{request['media_type']} is no format for RDF that can be read here. Send text/turtle.")
    if rdf_format == RdfFormat.RDF_XML:
        refuse_doctype(data)
    output.begin()
    try:
        with translated(DataSyntaxError):
            quads = parse(data, rdf_format, base_iri=request["base"] or None, rename_blank_nodes=True)
            serialize(quads, cast("IO[bytes]", output), RdfFormat.N_QUADS)
    except DataSyntaxError as error:
        if _REMOTE_CONTEXT in str(error):
            raise DataSyntaxError(
                "A JSON-LD context that lies elsewhere is refused: nothing is fetched. Write the context out."
            ) from error
        raise
    except Exception as error:
        if output.refused is not None and error is not output.refused:
            raise output.refused from error
        raise
