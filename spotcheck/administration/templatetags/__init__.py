"""Filters of the administration."""
