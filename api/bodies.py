"""Reading a request's body: never more of it than is allowed, never for longer than it may take."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from starlette.requests import ClientDisconnect, Request

from api.errors import BodyTooSlow, ContentTooLarge, MalformedRequest, UnsupportedMediaType

_DRAIN_SECONDS: Final = 2.0


async def read_body(request: Request, most: int, seconds: float, what: str) -> bytes:
    """The whole body.

    Args:
        request: the request.
        most: bytes it may have.
        seconds: how long it may take.
        what: what it is, for messages.

    Raises:
        ContentTooLarge: as soon as it is known, by `Content-Length` or by what has come.
        BodyTooSlow: when it takes longer.
        MalformedRequest: when `Content-Length` is no number or the body is compressed.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("A compressed body is not taken. Send it as it is.", ("identity",))
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal():
        raise MalformedRequest("Content-Length is no number.")
    if int(announced) > most:
        await _drained(request)
        raise _too_large(what, most)
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    parts.clear()
                    break
                parts.append(part)
    except TimeoutError as error:
        raise BodyTooSlow(f"The body was not there after {seconds:g} seconds. Send it in one go.") from error
    if size > most:
        await _drained(request)
        raise _too_large(what, most)
    return b"".join(parts)


def _too_large(what: str, most: int) -> ContentTooLarge:
    return ContentTooLarge(
        f"{what} may have {most:,} bytes and this has more. Bring larger data in with: hypothread import PATH"
    )


async def _drained(request: Request) -> None:
    # A server that answers and hangs up while the client still sends makes many clients lose the answer. So what comes
    # is thrown away for a moment; whoever asked first (Expect: 100-continue) has not begun and is answered at once.
    if request.headers.get("expect", "").lower() == "100-continue":
        return
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(_DRAIN_SECONDS):
            while (await request.receive()).get("more_body"):
                pass


def decoded(data: bytes, what: str) -> str:
    """The body as text.

    Raises:
        MalformedRequest: when it is not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedRequest(f"{what} is not UTF-8: byte {error.start + 1} begins no character.") from error


def body_media_type(request: Request, allowed: tuple[str, ...]) -> str:
    """The media type of the body, one of `allowed`.

    Raises:
        UnsupportedMediaType: when it is missing, is another, or names a character set other than UTF-8.
    """
    given = request.headers.get("content-type")
    if given is None:
        raise UnsupportedMediaType(f"Say what the body is: Content-Type with {_listed(allowed)}.", allowed)
    name, *parameters = (each.strip() for each in given.split(";"))
    if name.lower() not in allowed:
        raise UnsupportedMediaType(f"“{name}” cannot be read here. Send {_listed(allowed)}.", allowed)
    for each in parameters:
        key, _, value = each.partition("=")
        if key.strip().lower() == "charset" and value.strip().strip('"').lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise UnsupportedMediaType(f"The character set {value} cannot be read. Send UTF-8.", allowed)
    return name.lower()


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
