"""To the browser: REST, WebSocket, the web app."""
