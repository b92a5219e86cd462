"""What is known of an interview: fields, people, topics, events, who took part, the timeline."""
