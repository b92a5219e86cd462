"""When the window locks by itself, and what it shows while it is locked and a recording goes on."""
