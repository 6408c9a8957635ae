"""The application, for any WSGI server."""

from cocreate import create_app

app = create_app()
