"""From briefings to what is new: which of them are the same text."""
