"""Wijkveilig: software with which a Dutch municipality runs its Integral Safety Plan."""

__version__ = "0.1.0"
