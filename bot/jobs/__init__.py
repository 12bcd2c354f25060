"""Requests, quotes and jobs, and the state machine that takes a job to its end."""
