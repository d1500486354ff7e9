"""What the pages are measured against: the same bytes from memory, by a bare FastAPI without session, log or database."""

import os
from pathlib import Path

from fastapi import FastAPI, Response


def application() -> FastAPI:
    """Serves the pages kept in the folder named by VIGIE_BENCH_PAGES."""
    kept = {path.stem: path.read_bytes() for path in Path(os.environ["VIGIE_BENCH_PAGES"]).glob("*.html")}
    app = FastAPI(openapi_url=None)

    @app.get("/{kind}")
    def page(kind: str) -> Response:
        return Response(kept.get(kind), media_type="text/html", status_code=200 if kind in kept else 404)

    return app
