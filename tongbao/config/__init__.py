"""What an office writes in YAML: its settings, and the kinds of circular."""
