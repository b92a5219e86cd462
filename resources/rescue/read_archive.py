#!/usr/bin/env python3
"""Reads an archive of the oral history program without the program: one file, Python 3.9 or later, and `cryptography`.

    pip install cryptography
    python3 read_archive.py ARCHIVE                          list interviews and their sealed sound
    python3 read_archive.py ARCHIVE --to FOLDER              write every part as WAV (RF64 beyond 4 GiB)
    python3 read_archive.py ARCHIVE --database plain.db      write the database as a plain SQLite file

The archive opens with a passphrase (asked, or --passphrase-file FILE, "-" for standard input), with the printed recovery code
(--recovery-code-file FILE), or with the organisation's private key (--organisation-key FILE). The archive is only read.
Everything this writes is readable by anybody, passages that the narrator closed too: write it to an encrypted disk.

The formats are described in docs/formats.md. What is damaged is named, and is silence of its length in the sound. Exit codes:
0 everything whole, 4 it does not open, 5 something is damaged or missing, 2 wrong use.
"""

import argparse
import getpass
import hashlib
import hmac
import json
import os
import re
import sqlite3
import struct
import sys
import unicodedata
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# --- sealing ----------------------------------------------------------------------------------------------------------


def bind(label, *fields):
    """Label and fields, each behind its length as 4 bytes, big-endian."""
    return b"".join(len(one).to_bytes(4, "big") + one for one in (label.encode("ascii"), *fields))


def derive(key, salt, info):
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def unseal(key, sealed, bound):
    """Version 1 | nonce 12 | AES-256-GCM ciphertext and tag; None when it does not verify."""
    if len(sealed) < 29 or sealed[:1] != b"\x01":
        return None
    try:
        return AESGCM(key).decrypt(sealed[1:13], sealed[13:], bound)
    except InvalidTag:
        return None


def hpke_open(private, sealed, info):
    """HPKE of RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM: encapsulated key 32 | ciphertext."""
    kem, suite = b"KEM" + b"\x00\x20", b"HPKE" + b"\x00\x20" + b"\x00\x01" + b"\x00\x02"

    def extract(suite_id, salt, label, material):
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite_id + label + material, "sha256")

    def expand(suite_id, key, label, about, length):
        labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite_id + label + about
        block, out, number = b"", b"", 1
        while len(out) < length:
            block = hmac.digest(key, block + labelled + bytes([number]), "sha256")
            out, number = out + block, number + 1
        return out[:length]

    own = X25519PrivateKey.from_private_bytes(private)
    encapsulated, ciphertext = sealed[:32], sealed[32:]
    public = own.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(encapsulated))
        secret = expand(
            kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", encapsulated + public, 32
        )
        context = b"\x00" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
        prk = extract(suite, secret, b"secret", b"")
        key, nonce = expand(suite, prk, b"key", context, 32), expand(suite, prk, b"base_nonce", context, 12)
        return AESGCM(key).decrypt(nonce, ciphertext, b"")
    except (InvalidTag, ValueError):
        return None


# --- what opens an archive --------------------------------------------------------------------------------------------


class Refused(Exception):
    """It does not open; the text says why."""


def stretched(passphrase, salt, cost):
    """Argon2id over the passphrase in Unicode NFKC; `cost` is memory in KiB, passes, lanes."""
    memory, passes, lanes = cost
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8")
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(typed)


def recovery_secret(code):
    """The 32 bytes of a printed code: Crockford's base32 of them and of 3 bytes of checksum."""
    letters = unicodedata.normalize("NFKC", code).upper().translate(str.maketrans("OIL", "011"))
    plain = re.sub(r"[^0-9A-Z]", "", letters)
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    if len(plain) != 56 or any(one not in alphabet for one in plain):
        raise Refused("The recovery code must have 56 letters and digits.")
    number = 0
    for one in plain:
        number = number << 5 | alphabet.index(one)
    raw = number.to_bytes(35, "big")
    if hashlib.sha256(b"oralhistory recovery code" + raw[:32]).digest()[:3] != raw[32:]:
        raise Refused("The recovery code has a typing mistake.")
    return raw[:32]


def organisation_private(content, passphrase):
    """The 32 bytes of a private key file: PEM (PKCS #8), or JSON sealed under a passphrase."""
    if content.lstrip().startswith(b"-----BEGIN"):
        key = serialization.load_pem_private_key(content, None)
        return key.private_bytes(
            serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
        )
    document = json.loads(content)
    salt, public, sealed = (bytes.fromhex(document[name]) for name in ("salt", "public", "private"))
    cost = ",".join(str(one) for one in document["cost"]).encode()
    bound = bind("oralhistory organisation private key", public, salt, cost)
    private = unseal(stretched(passphrase(), salt, document["cost"]), sealed, bound)
    if private is None:
        raise Refused("The organisation's key does not open with this passphrase.")
    return private


def slot_binding(what, archive_id, slot):
    cost = b"" if slot["cost"] is None else ",".join(str(one) for one in slot["cost"]).encode()
    fields = (archive_id.encode(), slot["id"].encode(), slot["kind"].encode(), cost, bytes.fromhex(slot["salt"]))
    return bind("oralhistory slot " + what, *fields)


class Keys:
    """The archive key (two while a new one is being brought in), and what is wrapped under it."""

    def __init__(self, folder, private_of):
        """`private_of` gives the private key of a slot, or None when it does not open it."""
        self.folder = folder
        document = json.loads((folder / "keyslots.json").read_bytes())
        if document.get("format") != 2:
            raise Refused("The list of keys has a format that this script does not know.")
        self.archive_id = document["archive"]
        self.lists = [document] + ([document["begun"]] if document.get("begun") else [])
        private = {}
        for slot in document["slots"]:
            opened = private_of(self.archive_id, slot)
            if opened is not None:
                private[slot["id"]] = opened
        self.archive_keys = []
        for listed in self.lists:
            for slot in listed["slots"]:
                if slot["id"] in private:
                    bound = slot_binding("archive key", self.archive_id, slot)
                    key = hpke_open(private[slot["id"]], bytes.fromhex(slot["archive_key"]), bound)
                    if key is not None:
                        self.archive_keys.append(key)
                        break
        if not self.archive_keys:
            raise Refused("Nothing in this archive opens with that.")

    def under_archive_key(self, wrapped, bound):
        return next((one for one in (unseal(key, wrapped, bound) for key in self.archive_keys) if one), None)

    def interview_key(self, interview_id, wrapped=None):
        """From its key file, or from the database's copy; None when neither opens."""
        bound = bind("oralhistory interview key", self.archive_id.encode(), interview_id.encode())
        path = self.folder / "keys" / (interview_id + ".key")
        copies = ([path.read_bytes()] if path.is_file() else []) + ([wrapped] if wrapped else [])
        return next((one for one in (self.under_archive_key(copy, bound) for copy in copies) if one), None)

    def database_keys(self):
        found = []
        for listed in self.lists:
            generation = listed["database"]["generation"].to_bytes(8, "big")
            bound = bind("oralhistory database key", self.archive_id.encode(), generation)
            key = self.under_archive_key(bytes.fromhex(listed["database"]["key"]), bound)
            if key:
                found.append(key)
        return found


def opened(folder, words):
    """The keys of the archive by what the command line names."""
    if words.organisation_key:
        content = Path(words.organisation_key).read_bytes()
        given = organisation_private(content, lambda: asked(words.passphrase_file, "Passphrase of the organisation's key: "))
        return Keys(folder, lambda _, slot: given if slot["kind"] == "organisation" else None)
    if words.recovery_code_file:
        secret = recovery_secret(first_line(words.recovery_code_file))
        return Keys(
            folder, closed_slots("recovery", lambda salt, _: derive(secret, salt, bind("oralhistory recovery")))
        )
    passphrase = asked(words.passphrase_file, "Passphrase: ")
    return Keys(folder, closed_slots("passphrase", lambda salt, cost: stretched(passphrase, salt, cost)))


def closed_slots(kind, key_of):
    """What gives the private keys of the slots of a kind; each salt and cost is worked out once."""
    known = {}

    def private_of(archive_id, slot):
        if slot["kind"] != kind:
            return None
        salt = bytes.fromhex(slot["salt"])
        if (salt, str(slot["cost"])) not in known:
            known[salt, str(slot["cost"])] = key_of(salt, slot["cost"])
        bound = slot_binding("private key", archive_id, slot)
        content = unseal(known[salt, str(slot["cost"])], bytes.fromhex(slot["private"]), bound)
        return content[:32] if content else None

    return private_of


def asked(file, prompt):
    return first_line(file) if file else getpass.getpass(prompt)


def first_line(file):
    raw = sys.stdin.buffer.readline() if file == "-" else Path(file).read_bytes().split(b"\n", 1)[0]
    return raw.decode("utf-8").rstrip("\r\n")


# --- sealed sound -----------------------------------------------------------------------------------------------------

HEADER = struct.Struct("<8sHB16s16s16sIBBI16s")
HEAD = struct.Struct("<8sIIQI12s")
FINAL = struct.Struct("<QQ32s32s")
GAP = struct.Struct("<BQQB")
REASONS = (
    "paused", "off the record", "overrun", "device", "damaged", "asleep", "silent", "another microphone", "removed for good",
)
HEADER_BYTES, DATA_START, TAG = 4096, 8192, 16
DATA, EVENT, META, END = 0, 1, 2, 4
RATES = (48000, 44100, 96000, 88200, 192000, 32000, 24000, 22050, 16000, 12000, 11025, 8000)


class Part:
    """One sealed part: its format, and its records that verify, wherever in the file they stand."""

    most_wav_bytes = (1 << 32) - 1

    def __init__(self, path, interview_key, archive_id, interview_id):
        self.path = path
        self.faults = []
        self.notes = []
        self.gaps = []
        self.frames = 0
        self.final = None
        self.file = path.open("rb")
        self.size = path.stat().st_size
        self.ids = (archive_id, interview_id)
        self.interview_key = interview_key
        self.header = self._own_header() or self._header_again()

    def _key(self, file_id, purpose):
        info = bind("oralhistory part " + purpose, self.ids[0].encode(), self.ids[1].encode())
        return derive(self.interview_key, file_id, info)

    def _own_header(self):
        """The first copy whose HMAC verifies under the keys of the file id it names, and whose key opens a record."""
        raw, found = self._at(0, DATA_START), []
        for copy in (raw[:HEADER_BYTES], raw[HEADER_BYTES:]):
            if len(copy) == HEADER_BYTES and copy.startswith(b"\x93OHAUD\r\n"):
                file_id = HEADER.unpack_from(copy)[5]
                mac = hmac.digest(self._key(file_id, "header"), copy[:-32], "sha256")
                if hmac.compare_digest(mac, copy[-32:]):
                    found.append(copy)
        if len(found) < 2:
            self.faults.append(f"{2 - len(found)} of its 2 headers are damaged or foreign")
        opens = [copy for copy in found if self._use(copy) and self._opens_some()]
        named = [copy for copy in found if HEADER.unpack_from(copy)[5].hex() == self.path.stem]
        for copy in (*opens, *named):
            if self._use(copy):
                return copy
        return None

    def _header_again(self):
        """Both headers are lost: the file is named for its id, and the format is tried until records verify."""
        if not re.fullmatch("[0-9a-f]{32}", self.path.stem) or self.size <= DATA_START:
            return None
        file_id = bytes.fromhex(self.path.stem)
        check = self._key(file_id, "check")[:16]
        for rate, channels, bits in ((r, c, b) for b in (24, 16, 32) for c in (1, 2) for r in self._rates(c, b)):
            body = HEADER.pack(
                b"\x93OHAUD\r\n", 1, 1, bytes.fromhex(self.ids[0]), bytes.fromhex(self.ids[1]), file_id, rate, channels,
                bits, max(1, rate // 10), check,
            ).ljust(HEADER_BYTES - 32, b"\0")
            header = body + hmac.digest(self._key(file_id, "header"), body, "sha256")
            self._use(header)
            if self._opens_some():
                self.faults.append("both headers are lost; the records confirm the one that belongs to the file's name")
                return header
        return None

    def _rates(self, channels, bits):
        """Usual rates, and those that give the distance at which the records stand."""
        raw = self._at(DATA_START, 1 << 20)
        second = raw.find(raw[:8], 8) if raw[:4] == b"OHR\n" else -1
        frames = (second - HEAD.size - TAG) * 8 // (channels * bits) if second > 0 else 0
        return dict.fromkeys((*range(10 * frames, 10 * frames + 10), *RATES)) if frames > 0 else RATES

    def _use(self, header):
        _, version, algorithm, _, _, self.file_id, self.rate, self.channels, self.bits, frames, _ = HEADER.unpack_from(header)
        if (version, algorithm) != (1, 1):
            return False
        self.width = self.channels * self.bits // 8
        self.capacity = max(frames * self.width, 128)
        self.record = HEAD.size + self.capacity + TAG
        self.digest = hashlib.sha256(header).digest()
        self.sync = b"OHR\n" + self.digest[:4]
        self.cipher = AESGCM(self._key(self.file_id, "data"))
        return True

    def _opens_some(self):
        return any(self._record(DATA_START + slot * self.record) for slot in range(16)) or any(
            self._record(DATA_START + at) for at in self._syncs(DATA_START, 1 << 20)
        )

    def _at(self, offset, count):
        self.file.seek(offset)
        return self.file.read(count)

    def _syncs(self, offset, count):
        """Where, counted from DATA_START, syncs of this part stand."""
        raw, at = self._at(offset, count), -1
        while (at := raw.find(self.sync, at + 1)) >= 0:
            yield offset + at - DATA_START

    def _record(self, offset):
        """(sequence, kind, first frame, content) of the record at `offset`, or None."""
        raw = self._at(offset, self.record)
        if len(raw) < self.record:
            return None
        _, sequence, kind, first, length, nonce = HEAD.unpack_from(raw)
        try:
            content = self.cipher.decrypt(nonce, raw[HEAD.size :], self.digest + self.sync + raw[8 : HEAD.size])
        except InvalidTag:
            return None
        return (sequence, kind, first, content[:length]) if length <= self.capacity else None

    def sound(self):
        """(first frame, PCM) of every record of sound that verifies; notes, gaps and faults are gathered on the way."""
        offset, expected, seen, reached, ended = DATA_START, 0, set(), 0, False
        sha = hashlib.sha256()
        while offset + self.record <= self.size:
            found = self._record(offset)
            if found is None:
                moved = [
                    DATA_START + at
                    for at in self._syncs(offset + 1, 2 * self.record)
                    if DATA_START + at < offset + self.record and self._record(DATA_START + at)
                ]
                self.faults.append(f"the record at byte {offset} does not verify")
                offset = moved[0] if moved else offset + self.record
                continue
            offset += self.record
            sequence, kind, first, content = found
            if sequence in seen:
                self.faults.append(f"record {sequence} stands twice")
                continue
            if sequence != expected:
                self.faults.append(f"record {sequence} stands where {expected} should")
            seen.add(sequence)
            expected, ended = sequence + 1, kind == END
            if kind == DATA:
                reached = max(reached, first + len(content) // self.width)
                sha.update(content)
                yield first, content
            elif kind == EVENT and len(content) == GAP.size:
                event, frame, lost, reason = GAP.unpack(content)
                if event == 0 and reason < len(REASONS):
                    self.gaps.append((frame, lost, REASONS[reason]))
            elif kind == META:
                self.notes.append(content.decode("utf-8", "replace"))
            elif kind == END:
                self.final = FINAL.unpack(content)
        self._account(seen, reached, sha.digest(), ended, max(0, self.size - offset))

    def _account(self, seen, reached, sha256, ended, rest):
        self.frames = max(reached, self.final[1]) if self.final else reached
        self.sha256 = sha256.hex()
        if rest:
            self.faults.append(f"{rest} bytes of a torn record stand at the end")
        missing = len(set(range(max(seen, default=-1) + 1)) - seen)
        if missing:
            self.faults.append(f"{missing} records are missing or damaged")
        whole = self.final and ended and not missing and (self.final[1], self.final[2]) == (reached, sha256)
        self.complete = bool(whole and self.final[0] == len(seen) - 1 and not rest)
        if self.final and not self.complete:
            self.faults.append("its final record does not agree with what is there")

    def write_wav(self, path):
        """24-bit (or as recorded) WAV; what is lost is silence. RF64 with a ds64 chunk when it exceeds 4 GiB."""
        start = 12 + 8 + 28 + 8 + 16 + 8
        unfinished = path.with_name(path.name + ".part")
        with unfinished.open("wb") as out:
            out.write(bytes(start))
            for first, pcm in self.sound():
                out.seek(start + first * self.width)
                out.write(pcm)
            size = self.frames * self.width
            out.truncate(start + size + size % 2)
            whole = start - 8 + size + size % 2
            large = whole > self.most_wav_bytes
            out.seek(0)
            out.write(struct.pack("<4sI4s", b"RF64" if large else b"RIFF", 0xFFFFFFFF if large else whole, b"WAVE"))
            sizes = (whole, size, self.frames) if large else (0, 0, 0)
            out.write(struct.pack("<4sIQQQI", b"ds64" if large else b"JUNK", 28, *sizes, 0))
            per_second = self.rate * self.width
            form = (1, self.channels, self.rate, per_second, self.width, self.bits)
            out.write(struct.pack("<4sIHHIIHH", b"fmt ", 16, *form))
            out.write(struct.pack("<4sI", b"data", 0xFFFFFFFF if large else size))
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)


# --- the database -----------------------------------------------------------------------------------------------------

PAGE, RESERVED = 4096, 80


def plain_page(raw, number, key, mac_key):
    """A page of SQLCipher 4: ciphertext (AES-256-CBC) | IV 16 | HMAC-SHA512 over both and the page's number; None if it fails."""
    start = 16 if number == 1 else 0
    covered = raw[start : PAGE - 64] + struct.pack("<I", number)
    if not hmac.compare_digest(hmac.digest(mac_key, covered, "sha512"), raw[PAGE - 64 :]):
        return None
    decryptor = Cipher(algorithms.AES(key), modes.CBC(raw[PAGE - RESERVED : PAGE - 64])).decryptor()
    plain = decryptor.update(raw[start : PAGE - RESERVED]) + decryptor.finalize()
    return (b"SQLite format 3\0" if number == 1 else b"") + plain + bytes(RESERVED)


def plain_database(path, key):
    """The database as SQLite would have written it, with what stands in its journal; None when the key is another one."""
    raw = path.read_bytes()
    mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(one ^ 0x3A for one in raw[:16]), 2, 32)
    pages = {}
    for number in range(1, len(raw) // PAGE + 1):
        pages[number] = plain_page(raw[(number - 1) * PAGE : number * PAGE], number, key, mac_key)
    journal = path.with_name(path.name + "-wal")
    wal = journal.read_bytes() if journal.is_file() else b""
    waiting, count = {}, len(pages)
    for at in range(32, len(wal) - 24 - PAGE + 1, 24 + PAGE):
        number, committed = struct.unpack(">II", wal[at : at + 8])
        page = plain_page(wal[at + 24 : at + 24 + PAGE], number, key, mac_key) if wal[at + 8 : at + 16] == wal[16:24] else None
        if page is None:
            break
        waiting[number] = page
        if committed:
            pages.update(waiting)
            waiting, count = {}, committed
    if not pages.get(1):
        return None
    whole = bytearray(b"".join(pages.get(number) or bytes(PAGE) for number in range(1, count + 1)))
    whole[18:20] = b"\x01\x01"  # no journal belongs to the plain copy
    return bytes(whole)


class Database:
    """What the database says of interviews and recordings; empty when it is missing or does not open."""

    def __init__(self, keys):
        self.plain = None
        self.codes, self.wrapped, self.recordings = {}, {}, {}
        path = keys.folder / "archive.db"
        for key in keys.database_keys() if path.is_file() else ():
            self.plain = self.plain or plain_database(path, key)
        if self.plain is None:
            return
        try:
            connection = sqlite3.connect(":memory:")
            connection.deserialize(self.plain)
            for interview, code, wrapped in connection.execute("SELECT id, code, wrapped_key FROM interviews"):
                self.codes[interview], self.wrapped[interview] = code, wrapped
            wanted = "SELECT id, interview_id, part, start_ms, purpose, path FROM recordings"
            for one in connection.execute(wanted):
                self.recordings[one[0]] = one[1:]
        except (sqlite3.Error, AttributeError):  # damaged, or a Python without `deserialize`: the sound needs none of it
            return


# --- the whole archive ------------------------------------------------------------------------------------------------


def parts_of(folder, interview_id, database):
    """The interview's sealed files, in the order of the database, the unknown ones behind by their age."""
    files = sorted((folder / "audio" / interview_id).glob("*/*.oha"), key=lambda one: (one.stat().st_mtime_ns, one.name))
    return sorted(files, key=lambda one: database.recordings.get(one.stem, ("", 1 << 30))[1])


def report(folder, keys, database, words):
    """Look at, or write, every part; one entry a part."""
    on_disk = {one.name for one in (folder / "audio").glob("*") if re.fullmatch("[0-9a-f]{32}", one.name)}
    missing = {one[0] for one in database.recordings.values()}
    for interview_id in sorted(on_disk | set(database.codes) | missing):
        name = database.codes.get(interview_id, interview_id)
        if words.interview and words.interview not in (name, interview_id):
            continue
        key = keys.interview_key(interview_id, database.wrapped.get(interview_id))
        files = parts_of(folder, interview_id, database)
        for number, path in enumerate(files, start=1):
            entry = {"interview": name, "number": number, "file": path.stem, "take": path.parent.name}
            known = database.recordings.get(path.stem)
            if known:
                entry |= {"part": known[1], "start_ms": known[2], "purpose": known[3]}
            yield {**entry, **looked_at(path, key, keys.archive_id, interview_id, words.to, f"{name}-{number:02}")}
        known_files = {one for one, row in database.recordings.items() if row[0] == interview_id}
        for file_id in sorted(known_files - {path.stem for path in files}):
            yield {"interview": name, "file": file_id, "outcome": "missing", "faults": ["the file is missing"]}


def looked_at(path, key, archive_id, interview_id, to, name):
    if key is None:
        return {"outcome": "locked", "faults": ["the key of the interview is missing, damaged or destroyed"]}
    part = Part(path, key, archive_id, interview_id)
    with part.file:
        if part.header is None:
            return {"outcome": "unreadable", "faults": [*part.faults, "nothing in it opens with the interview's key"]}
        if to:
            to.mkdir(parents=True, exist_ok=True)
            part.write_wav(to / f"{name}-{path.stem[:8]}.wav")
        else:
            for _ in part.sound():
                pass
    return {
        "outcome": "complete" if part.complete else "interrupted", "rate": part.rate, "channels": part.channels,
        "bits": part.bits, "frames": part.frames, "seconds": round(part.frames / part.rate, 3), "sha256": part.sha256,
        "faults": part.faults, "notes": part.notes,
        "gaps": [{"frame": frame, "lost_frames": lost, "reason": why} for frame, lost, why in part.gaps],
    }


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("archive", type=Path)
    words.add_argument("--passphrase-file", metavar="FILE")
    words.add_argument("--recovery-code-file", metavar="FILE")
    words.add_argument("--organisation-key", metavar="FILE")
    words.add_argument("--interview", metavar="CODE", help="only this one, by its code or its id")
    words.add_argument("--to", type=Path, metavar="FOLDER", help="write the sound there")
    words.add_argument("--database", type=Path, metavar="FILE", help="write the database there, readable by anybody")
    words.add_argument("--json", action="store_true", help="print one JSON document")
    given = words.parse_args()
    os.umask(0o077)
    try:
        keys = opened(given.archive, given)
        database = Database(keys)
        if given.database:
            if database.plain is None:
                raise Refused("The database is missing or does not open.")
            with given.database.open("xb") as out:
                out.write(database.plain)
        entries = list(report(given.archive, keys, database, given))
    except Refused as why:
        print(why, file=sys.stderr)
        return 4
    except (OSError, ValueError, KeyError, TypeError) as fault:
        print(f"The archive cannot be read: {type(fault).__name__}", file=sys.stderr)
        return 5
    if given.json:
        print(json.dumps(entries, ensure_ascii=False))
    for one in () if given.json else entries:
        print(one["interview"], one.get("part", one.get("number", "")), one["file"][:8], one["outcome"], one.get("seconds", ""))
        for fault in one["faults"]:
            print("    " + fault)
    return 5 if any(one["faults"] for one in entries) else 0


if __name__ == "__main__":
    sys.exit(main())
