"""Child processes of the program: the messages they speak, the skeleton they run, and the parent's side of each."""
