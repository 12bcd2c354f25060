"""Bringing finished clips to where they were asked for."""
