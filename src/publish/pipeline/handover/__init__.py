"""Handover: what leaves the house, and what comes back from partners."""
