"""Compares Suo with other engines on the same words and queries."""
