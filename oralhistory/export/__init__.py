"""The formats in which released text leaves: one file each, all of them blind to anything but a `ReleasedTranscript`."""
