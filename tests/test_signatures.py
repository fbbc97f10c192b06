"""Signatures: ours are minisign's, and minisign's are ours."""

from __future__ import annotations

import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.distribution import signatures
from publish.problems import PublishError

minisign = pytest.mark.skipif(not shutil.which("minisign"), reason="minisign is not installed")


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["minisign", *arguments], capture_output=True, text=True, check=False, input=text
    )


@given(st.binary(max_size=200), st.text(alphabet="abc:.\t ", max_size=20))
def test_what_was_signed_fits_and_nothing_else_does(data: bytes, comment: str) -> None:
    key = signatures.new()
    signature = signatures.read(key.sign(data, comment), "s")
    assert signature.fits(data, key.public)
    assert not signature.fits(data + b"x", key.public)
    assert not signature.fits(data, signatures.new().public)


def test_the_comment_is_signed_too() -> None:
    key = signatures.new()
    text = key.sign(b"data", "file:a")
    assert not signatures.read(text.replace("file:a", "file:b"), "s").fits(b"data", key.public)


@pytest.mark.parametrize("password", ["", "암호"])
def test_a_key_is_read_as_it_was_written(password: str) -> None:
    key = signatures.new()
    text = key.text(password)
    assert signatures.secret(text, "k", password) == key
    assert signatures.public(key.public.text, "p") == key.public
    assert signatures.is_encrypted(text, "k") == bool(password)
    if password:
        with pytest.raises(PublishError, match="key-password"):
            signatures.secret(text, "k", "another")


@pytest.mark.parametrize("text", ["", "x", "untrusted comment: x\n", "untrusted comment:\n!!\n"])
def test_what_is_no_key_or_signature_is_told(text: str) -> None:
    for read in (signatures.secret, signatures.public):
        with pytest.raises(PublishError, match="key-syntax"):
            read(text, "k")
    with pytest.raises(PublishError, match="signature-syntax"):
        signatures.read(text, "s")


def test_a_key_that_asks_for_what_scrypt_cannot_do_is_none() -> None:
    first, blob = signatures.new().text("a password").splitlines()
    spoilt = bytearray(b64decode(blob))
    spoilt[38:54] = (2**30).to_bytes(8, "little") + (1024).to_bytes(8, "little")
    with pytest.raises(PublishError, match="key-syntax"):
        signatures.secret(f"{first}\n{b64encode(spoilt).decode()}\n", "k", "a password")


@minisign
def test_minisign_verifies_what_we_sign(tmp_path: Path) -> None:
    key, file = signatures.new(), tmp_path / "file"
    file.write_bytes(b"data")
    (tmp_path / "key.pub").write_text(key.public.text)
    (tmp_path / "file.minisig").write_text(key.sign(b"data", "file:file\thashed"))
    done = run("-Vm", str(file), "-p", str(tmp_path / "key.pub"))
    assert done.returncode == 0, done.stderr
    assert "file:file" in done.stdout
    file.write_bytes(b"Data")
    assert run("-Vm", str(file), "-p", str(tmp_path / "key.pub")).returncode != 0


@minisign
@pytest.mark.parametrize("password", ["", "a password"])
def test_minisign_signs_with_our_keys_and_we_verify(password: str, tmp_path: Path) -> None:
    key, file = signatures.new(), tmp_path / "file"
    file.write_bytes(b"data")
    (tmp_path / "key").write_text(key.text(password))
    done = run("-Sm", str(file), "-s", str(tmp_path / "key"), text=f"{password}\n")
    assert done.returncode == 0, done.stderr
    signature = signatures.read((tmp_path / "file.minisig").read_text(), "s")
    assert signature.fits(b"data", key.public)


@minisign
def test_we_sign_with_minisigns_keys(tmp_path: Path) -> None:
    pub, sec = tmp_path / "key.pub", tmp_path / "key"
    assert run("-GW", "-p", str(pub), "-s", str(sec)).returncode == 0
    key = signatures.secret(sec.read_text(), "k")
    assert key.public == signatures.public(pub.read_text(), "p")
