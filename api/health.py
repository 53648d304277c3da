"""Whether the server is alive."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

router: Final = APIRouter()


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Says that the process answers."""
    return {"status": "ok"}
