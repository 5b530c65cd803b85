"""The pages of the desk: each reads a request, asks one question or does one act, and draws a template."""
