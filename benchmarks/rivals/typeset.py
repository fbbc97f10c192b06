"""Typst's command line, for which its wheel has no program: `typeset.py IN.typ OUT.pdf`."""

import sys

import typst  # type: ignore[import-not-found]  # it lies in a folder of its own: see the Makefile

source, target = sys.argv[1:]
typst.compile(source, target, root=".", font_paths=["fonts"], ignore_system_fonts=True)
