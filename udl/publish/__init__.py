"""Figures, notebooks and tables as files that appear whole or not at all."""
