"""The exercises: a task, an answer, and what is wrong with it."""

from udl.exercises.checker import check, progress

__all__ = ["check", "progress"]
