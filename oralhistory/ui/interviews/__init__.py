"""The list of interviews, the head of one, searching them."""
