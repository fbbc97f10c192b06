"""Rehearsal: what every rendering needs, paid for once, before there is anything to render.

Workers are forked from a process that imports this module while the manuscript is still being
read. Nothing here is lasting: a worker that finds it undone does it itself.
"""

from __future__ import annotations

from contextlib import suppress

from publish import fonts, styles
from publish.problems import PublishError
from publish.renderers import pages

pages.prepare(styles.read())
with suppress(PublishError):  # a machine without fontconfig hears of it when it renders
    fonts.prepare()
