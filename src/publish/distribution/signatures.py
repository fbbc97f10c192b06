"""Signatures: Ed25519 in the files of minisign, so that anybody can verify them without us.

https://jedisct1.github.io/minisign/ tells the format of keys and signatures. What is signed is
BLAKE2b of the data (“ED”); a signature says neither day nor machine, so that the same data under
the same key has the same one.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publish.problems import Location, Problem, PublishError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SUFFIX = ".minisig"

_SIGNS, _HASHES, _PLAIN, _SCRYPT, _CHECKED = b"Ed", b"ED", b"\0\0", b"Sc", b"B2"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_PUBLIC_SIZE, _SECRET_SIZE, _SIGNATURE_SIZE, _SIGNED = 42, 158, 74, 64
# libsodium's limits for a new key: 128 MiB (2**17 blocks of 1 KiB), as OWASP asks for scrypt.
# What is read may ask for as much as minisign's own keys, 1 GiB.
_OPERATIONS, _MEMORY = 2**22, 2**27
_MOST_MEMORY = 2**30


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What a signature is verified with; `id` only says which key it was."""

    id: bytes
    key: bytes

    @property
    def name(self) -> str:
        """The id as minisign shows it."""
        return self.id[::-1].hex().upper()

    @property
    def text(self) -> str:
        """The key as a file."""
        blob = _SIGNS + self.id + self.key
        return f"{_UNTRUSTED}minisign public key {self.name}\n{_written(blob)}\n"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """What is signed with; `seed` is the secret (RFC 8032, 5.1.5)."""

    id: bytes
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """What others verify with."""
        return PublicKey(self.id, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def text(self, password: str = "") -> str:
        """The key as a file, encrypted if there is a password."""
        secret = self.id + self.seed + self.public.key
        secret += hashlib.blake2b(_SIGNS + secret, digest_size=32).digest()
        kind, salt, operations, memory = _PLAIN, bytes(32), 0, 0
        if password:
            kind, salt, operations, memory = (
                _SCRYPT, secrets.token_bytes(32), _OPERATIONS, _MEMORY,
            )  # fmt: skip
            secret = _mixed(secret, _stream(password, salt, operations, memory))
        head = _SIGNS + kind + _CHECKED + salt
        blob = head + operations.to_bytes(8, "little") + memory.to_bytes(8, "little") + secret
        kind_name = "encrypted " if password else ""
        return f"{_UNTRUSTED}minisign {kind_name}secret key\n{_written(blob)}\n"

    def sign(self, data: bytes, comment: str) -> str:
        """A signature of some data, as a file; the comment, a line, is signed with it."""
        signature = self._private.sign(hashlib.blake2b(data).digest())
        whole = self._private.sign(signature + comment.encode())
        return (
            f"{_UNTRUSTED}signature from minisign key {self.public.name}\n"
            f"{_written(_HASHES + self.id + signature)}\n"
            f"{_TRUSTED}{comment}\n{_written(whole)}\n"
        )


def new() -> SecretKey:
    """A key that nobody has had before."""
    return SecretKey(secrets.token_bytes(8), secrets.token_bytes(32))


def public(text: str, path: str) -> PublicKey:
    """A public key from its file; PublishError `key-syntax`."""
    blob = _blob(text, path, _PUBLIC_SIZE)
    if not blob.startswith(_SIGNS):
        raise _no_key(path)
    return PublicKey(blob[2:10], blob[10:])


def is_encrypted(text: str, path: str) -> bool:
    """Whether a secret key wants a password; PublishError `key-syntax`."""
    return _blob(text, path, _SECRET_SIZE)[2:4] == _SCRYPT


def secret(text: str, path: str, password: str = "") -> SecretKey:
    """A secret key from its file; PublishError `key-syntax`, `key-password`."""
    blob = _blob(text, path, _SECRET_SIZE)
    if blob[:2] != _SIGNS or blob[2:4] not in {_PLAIN, _SCRYPT} or blob[4:6] != _CHECKED:
        raise _no_key(path)
    hidden = blob[54:]
    if blob[2:4] == _SCRYPT:
        operations, memory = (int.from_bytes(blob[n : n + 8], "little") for n in (38, 46))
        if not 0 < memory <= _MOST_MEMORY or not 0 < operations <= _MOST_MEMORY:
            raise _no_key(path)
        try:
            hidden = _mixed(hidden, _stream(password, blob[6:38], operations, memory))
        except ValueError as error:  # scrypt takes no such memory with so many operations
            raise _no_key(path) from error
    body, check = hidden[:72], hidden[72:]
    sound = hashlib.blake2b(_SIGNS + body, digest_size=32).digest() == check
    if not sound and blob[2:4] == _SCRYPT:  # minisign checks no key that is not encrypted
        what = "this password does not open the key"
        hint = "Type it once more; if it is lost, make a new key with `publish key`."
        raise PublishError(Problem("key-password", what, Location(path), hint=hint))
    return SecretKey(body[:8], body[8:40])


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as its file has it; `id` says with which key it claims to be made."""

    id: bytes
    signature: bytes
    comment: str
    whole: bytes
    hashed: bool

    @property
    def name(self) -> str:
        """The key's id as minisign shows it."""
        return self.id[::-1].hex().upper()

    def fits(self, data: bytes, key: PublicKey) -> bool:
        """Whether data and comment are those that were signed with this key."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        signed = hashlib.blake2b(data).digest() if self.hashed else data
        verifier = Ed25519PublicKey.from_public_bytes(key.key)
        try:
            verifier.verify(self.signature, signed)
            verifier.verify(self.whole, self.signature + self.comment.encode())
        except InvalidSignature:
            return False
        return self.id == key.id


def read(text: str, path: str) -> Signature:
    """A signature from its file; PublishError `signature-syntax`."""
    lines = text.splitlines()
    first, whole = (_bytes(line) for line in (lines + [""] * 4)[1:4:2])
    trusted = lines[2] if len(lines) > 2 else ""  # noqa: PLR2004  # the third of four lines
    fits = len(first) == _SIGNATURE_SIZE and first[:2] in {_SIGNS, _HASHES}
    if not fits or len(whole) != _SIGNED or not trusted.startswith(_TRUSTED):
        hint = "Ask for the file again; its four lines must arrive as they were sent."
        what = "this is no signature as minisign writes them"
        raise PublishError(Problem("signature-syntax", what, Location(path), hint=hint))
    comment = trusted.removeprefix(_TRUSTED)
    return Signature(first[2:10], first[10:], comment, whole, hashed=first[:2] == _HASHES)


def _blob(text: str, path: str, size: int) -> bytes:
    """What the second line of a key's file holds."""
    lines = text.splitlines()
    blob = _bytes(lines[1]) if len(lines) > 1 and lines[0].startswith(_UNTRUSTED) else b""
    if len(blob) != size:
        raise _no_key(path)
    return blob


def _no_key(path: str) -> PublishError:
    what = "this is no such key as minisign writes them"
    hint = "A secret key (.key) signs, a public one (.pub) verifies; `publish key` makes both."
    return PublishError(Problem("key-syntax", what, Location(path), hint=hint))


def _bytes(line: str) -> bytes:
    try:
        return b64decode(line.strip(), validate=True)
    except (Error, ValueError):
        return b""


def _written(blob: bytes) -> str:
    return b64encode(blob).decode()


def _mixed(data: bytes, stream: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))


def _stream(password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """What hides a secret: scrypt with the limits as libsodium reads them (its `pickparams`)."""
    operations = max(operations, 32768)
    most, parallel = memory // 1024, 0
    if operations < memory // 32:
        most, parallel = operations // 32, 1
    power = next(n for n in range(1, 63) if 2**n > most // 2)
    parallel = parallel or max(1, min(operations // 4 // 2**power, 2**30 - 1) // 8)
    return hashlib.scrypt(
        password.encode(), salt=salt, n=2**power, r=8, p=parallel, maxmem=2**31 - 1, dklen=104
    )
