"""Text: breaks, directions, scripts. The door that every user's string passes."""
