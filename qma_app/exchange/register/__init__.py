"""The register of certificates as files: JSON that is read strictly, and a workbook to look at."""
