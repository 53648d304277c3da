"""Looking back: which state of the past a request asks for, and that state, ready to be read."""
