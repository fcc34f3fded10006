"""Tests of what the comparison does before and after it measures; the engines are not needed."""
