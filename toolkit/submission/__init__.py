"""What a unit hands over: the folder with forms, reports, summary, mail, and what it keeps itself."""
