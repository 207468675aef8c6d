"""The plain-language report and guide."""
