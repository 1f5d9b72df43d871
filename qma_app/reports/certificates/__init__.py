"""The parts of the certificate: what it says, where that is read, and how the one page is drawn."""
