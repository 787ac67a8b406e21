"""What the public may check: releases, what is unverified, hazards."""
