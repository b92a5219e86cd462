"""Takes: begun, kept in hand, filed, brought in from elsewhere, listened to and checked."""
