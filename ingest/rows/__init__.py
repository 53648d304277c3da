"""The way back: a study's graph as the rows of its sheets, so that what was written one way can be written another."""
