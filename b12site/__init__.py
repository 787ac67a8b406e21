"""The site around the two apps: settings, addresses, the embedded database."""
