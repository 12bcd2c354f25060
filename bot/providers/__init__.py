"""Vendors behind one interface."""
