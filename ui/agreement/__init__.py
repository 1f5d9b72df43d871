"""What coach and house agreed, on the screen: charter, targets, leaders, length, and what is left out."""
