"""The level above: another instance of this program, which is sent the cells of our province. What is sent is `measure.upward`'s; here is
the way there, as far as it goes: a line that is cut in the middle loses nothing, and the next run goes on."""
