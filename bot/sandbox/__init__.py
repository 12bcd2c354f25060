"""Local stand-ins for the services outside, so that the product runs without any account."""
