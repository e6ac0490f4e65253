"""프레임(레슨 16), 그리고 프레임 안의 번호. / Frames (lesson 16), and the IDs in them."""

import struct

FRAME = 1024


class Rubbish(Exception):
    """알 수 없는 프레임입니다. / It is no frame that is known."""


def send_frame(stream, text):
    body = text.encode()
    stream.sendall(struct.pack(">I", len(body)) + body)


def read_frame(reader):
    """다음 프레임의 본문. 상대가 프레임 사이에서 끝냈으면 None. / The next body; None at an end between two."""
    header = reader.read(4)
    if not header:
        return None
    if len(header) < 4:
        raise Rubbish("프레임이 중간에 끝났습니다")
    (length,) = struct.unpack(">I", header)
    if length > FRAME:
        raise Rubbish("프레임이 너무 깁니다")
    body = reader.read(length)
    if len(body) < length:
        raise Rubbish("프레임이 중간에 끝났습니다")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Rubbish("UTF-8이 아닙니다") from None


def number(text):
    """숫자로만 적은 번호. / A number in digits alone."""
    if not (text.isascii() and text.isdigit()):
        raise Rubbish("알 수 없는 프레임입니다")
    return int(text)


def number_after(word, frame):
    if not frame.startswith(word):
        raise Rubbish("알 수 없는 프레임입니다")
    return number(frame.removeprefix(word))
