"""A chat assistant on science and technology policy for enterprises in Songjiang District, Shanghai."""

__version__ = "0.1.0"
