"""What a user can ask for, one file per verb. No Qt, no SQL: the rooms above arrive through `domain.ports`."""
