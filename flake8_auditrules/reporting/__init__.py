"""What findings look like to people and to other tools."""
