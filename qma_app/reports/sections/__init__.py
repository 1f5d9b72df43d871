"""The sections reports are made of: each takes the paper and adds its blocks to the flow."""
