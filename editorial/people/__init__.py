"""Who works at LIIA's desk: what each role may do, and how its people come in."""
