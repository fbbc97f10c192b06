"""Judgement: every problem that checks and judges find, and how it is told."""
