"""Values and rules of oral history: standard library only, no input or output, no clock, no randomness."""
