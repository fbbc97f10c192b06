"""Whatever bytes a stranger sends: a clear problem or none, and never anything else.

`make fuzz` does the same with atheris, which looks for ways through the code, as long as one likes.
What either found is kept in tests/cases/fuzz/, a file a case.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from security.targets import TARGETS, seeds, survive

CASES = sorted((Path(__file__).parents[1] / "cases/fuzz").glob("*/*"))
PIECES = (
    b'"', b"'", b"\n", b"\n\n", b"\\", b"\0", b"\xff", b"\xef\xbb\xbf", b"<", b">", b"</", b"<!--",
    b"&a;", b"&#0;", b"[^1]", b"[", b"](", b"{", b"}", b"`", b"$$", b":::", b"|", b"---", b"- ",
    b"msgid ", b'msgstr ""', b"#~ ", b"#, fuzzy", b"@x", b"\t", b"\r", b": &a [*a]", b"<svg>",
    b"\xe2\x80\xae", b"\xed\xa0\x80", b"<![CDATA[", b"<?x?>", b"xmlns:x='x'", b"*" * 9, b"1e999",
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> bytes:
    """An honest file in which something was deleted, doubled or put in."""
    data = draw(st.sampled_from(seeds(name)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.sampled_from([0, 0, 1, 2, 40]))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4)) * draw(
            st.sampled_from([1, 1, 1, 2, 30])
        )
        data = data[:start] + piece + data[end if draw(st.booleans()) else start :]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_spoilt_files_make_problems_at_most(name: str) -> None:
    @settings(max_examples=60 if name == "chapter" else 400, derandomize=True)
    @given(spoilt(name))
    def survives(data: bytes) -> None:
        survive(name, data)

    survives()


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_is_mended(path: Path) -> None:
    survive(path.parent.name, path.read_bytes())
