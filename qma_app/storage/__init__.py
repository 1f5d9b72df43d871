"""The only code that speaks SQL: tables, store, change log, search, keys, evidence files and backups."""
