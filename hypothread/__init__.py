"""How the parts are put together: settings, the application, the command line."""
