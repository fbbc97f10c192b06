"""One pandoc for all tests, and each language and form in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from exchange.samples import FORMS, LANGUAGES, of_language
from publish.catalogues import Catalogue
from publish.documents.pandoc import Pandoc


@pytest.fixture(scope="session")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.fixture(scope="session", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def catalogue(language: str) -> Catalogue:
    return of_language(language)
