"""What goes out of the house: the list of parts with their licences, and the kit for a stick."""
