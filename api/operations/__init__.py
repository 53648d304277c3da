"""What keeps a server in good order: who asks, how often, how long it takes, and what is noted of it."""
