"""All modules' facts: what one file alone cannot tell."""
