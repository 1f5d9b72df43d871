"""What coaches and auditors do, one function a use case, each returning what it changed."""
