"""The HTTP server for callbacks, health and metrics."""
