"""What the stand-in itself can take: a client that does nothing but write ready-made calls and skip the answers."""

import asyncio
import json
import sys
from urllib.parse import urlsplit

CONNECTIONS = 16


async def _send(host: str, port: int, call: bytes, how_many: int) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    for _ in range(how_many):
        writer.write(call)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(int(length.partition(b":")[2]))
    writer.close()


async def main(url: str, token: str, chat_id: int, how_many: int) -> None:
    """Send so many messages to one chat, over a few connections side by side."""
    where = urlsplit(url)
    body = json.dumps({"chat_id": chat_id, "text": "An echo of some words"}).encode()
    head = f"POST /bot{token}/sendMessage HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Type: application/json\r\n"
    call = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    host, port = where.hostname or "127.0.0.1", where.port or 80
    await asyncio.gather(*(_send(host, port, call, how_many // CONNECTIONS) for _ in range(CONNECTIONS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
