"""What narrators allow: taken down, proved, signed where it refuses, asked."""
