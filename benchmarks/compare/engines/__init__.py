"""The other engines, each behind the same few functions."""
