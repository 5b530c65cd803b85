"""A mail server for tests: takes letters, refuses them, says nothing, or waits before it says that it has one."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """``mood`` is what it does; ``letters`` what it was given, ``words`` what was said to it."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mood = "taking"
        self.letters: list[EmailMessage] = []
        self.words: list[str] = []
        self.has_one, self.may_answer = threading.Event(), threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address) -> None:
        """Whoever talked to us was killed: that is what these tests are about."""


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        if self.server.mood == "silent":
            self.server.may_answer.wait(30)
            return
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            self.server.words.append(line)
            match line.split(" ")[0].split(":")[0].upper():
                case "EHLO" | "HELO":
                    self.say("250-here\r\n250 AUTH PLAIN")
                case "RCPT" if self.server.mood == "refusing":
                    self.say("550 no such mailbox")
                case "AUTH":
                    self.say("235 come in")
                case "DATA":
                    self.take()
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 well")

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.has_one.set()
        if self.server.mood == "slow":
            self.server.may_answer.wait(30)
        self.say("250 taken")
