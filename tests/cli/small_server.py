"""A Bot API server with nothing in common with ours: it knows four methods and answers everything else with 404."""

import json
import threading
import time
from contextlib import suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

BOT = {"id": 123456, "is_bot": True, "first_name": "Small", "username": "small_bot"}


class SmallServer:
    """`put` queues a private text message; `sent` is what was received by sendMessage.

    `whole_answer`, where it is set, is what every call is answered with.
    """

    def __init__(self):
        self.updates, self.sent, self.calls = [], [], []
        self.whole_answer = None
        self.next_id = 900
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                outer.answer(self)

            do_GET = do_POST  # noqa: N815 - the name http.server looks for

            def log_message(self, *_):
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}"

    def put(self, user_id, text):
        self.next_id += 1
        sender = {"id": user_id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
        message = {
            "message_id": self.next_id,
            "date": int(time.time()),
            "chat": {"id": user_id, "type": "private", "first_name": "Ada"},
            "from": sender,
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        self.updates.append({"update_id": self.next_id, "message": message})

    def answer(self, handler):
        path, _, query = handler.path.partition("?")
        length = int(handler.headers.get("content-length") or 0)
        given = read(handler.headers, handler.rfile.read(length)) | dict(parse_qsl(query))
        method = path.rpartition("/")[2]
        self.calls.append(method)
        known = {"getMe": self.get_me, "getUpdates": self.get_updates, "sendMessage": self.send_message}.get(method)
        body = (
            {"ok": True, "result": known(given)}
            if known
            else {"ok": False, "error_code": 404, "description": "Not Found"}
        )
        payload = json.dumps(self.whole_answer or body).encode()
        handler.send_response(200 if known else 404)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(payload)))
        handler.end_headers()
        with suppress(BrokenPipeError):  # the program may be killed while it waits
            handler.wfile.write(payload)

    def get_me(self, _):
        return {**BOT, "can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": False}

    def get_updates(self, given):
        offset, until = int(given.get("offset") or 0), time.monotonic() + min(1.0, float(given.get("timeout") or 0))
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        while not self.updates and time.monotonic() < until:
            time.sleep(0.02)
        return list(self.updates)

    def send_message(self, given):
        self.next_id += 1
        self.sent.append((int(given["chat_id"]), given["text"]))
        chat = {"id": int(given["chat_id"]), "type": "private", "first_name": "Ada"}
        return {"message_id": self.next_id, "date": int(time.time()), "chat": chat, "from": BOT, "text": given["text"]}

    def close(self):
        self.http.shutdown()
        self.http.server_close()


def read(headers, body):
    kind = headers.get("content-type") or ""
    if kind.startswith("application/json"):
        return json.loads(body)
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    return parts(kind, body)


def parts(kind, body):
    """The text fields of a multipart body."""
    head = Message()
    head["content-type"] = kind
    boundary = str(head.get_param("boundary") or "").encode()
    found = {}
    for part in body.split(b"--" + boundary)[1:-1] if boundary else []:
        top, _, value = part.partition(b"\r\n\r\n")
        name = top.partition(b'name="')[2].partition(b'"')[0].decode()
        found[name] = value.removesuffix(b"\r\n").decode()
    return found
