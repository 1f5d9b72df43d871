"""What pages are built from: labels, buttons, cards and small painted figures."""
