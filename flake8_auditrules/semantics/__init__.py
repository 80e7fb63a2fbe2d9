"""What one module means: its scopes, names, instances, numbers and control flow."""
