"""The programme workbook: everything the coaching year keeps, to be looked up and counted in Excel."""
