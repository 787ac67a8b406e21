"""PostgreSQL without an installation: the site's database when DATABASE_URL is unset.

The server programs come from a Python package; ``server`` starts, recovers and stops them, ``base``
is the Django database backend that does so when the first connection is wanted. Data survive kill -9
of anything; no left-over file ever needs to be removed by hand.
"""
