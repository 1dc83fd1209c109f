"""Reading a report's prose into claims that know their paragraph: figures, scores, headings, citations, tables."""
