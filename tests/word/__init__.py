"""The Word report: what stands in the file, how it prints, a unit's own models."""
