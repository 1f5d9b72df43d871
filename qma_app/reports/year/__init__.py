"""What the papers of a programme's year share: visits and reviews that are meant, promises, people, targets and signatures."""
