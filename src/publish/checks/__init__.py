"""Checks: problems found in manuscripts, catalogues and artefacts, as values."""
