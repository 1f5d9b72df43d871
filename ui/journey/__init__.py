"""The views of the Journey: plan, visits, promises, reviews, readiness, agreement and trends, one module each."""
