"""The seven views, a file a section, each turned by the explorer of its name."""
