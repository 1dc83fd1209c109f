"""The Excel side as built artefacts: VBA text into a project, the ribbon add-in, and how a button calls Python."""
