"""Whose and when: the municipality of a request, who acts in it, the clock, and the one way to write."""
