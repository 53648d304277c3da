"""What can be asked: one `.rq` file a question, and the library that loads, checks and binds them."""
