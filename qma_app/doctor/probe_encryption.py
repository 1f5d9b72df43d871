"""Run as a script in a child: encrypts and decrypts with AES-GCM, as the evidence files are.

Prints one line of JSON.
"""

import importlib
import json


def main() -> None:
    """Tell the version of the library, and whether a text comes back and a changed byte is refused."""
    try:
        version = importlib.import_module("cryptography").__version__
        aead = importlib.import_module("cryptography.hazmat.primitives.ciphers.aead")
        exceptions = importlib.import_module("cryptography.exceptions")
    except ImportError as problem:
        print(json.dumps({"trouble": str(problem)}))
        return
    cipher, nonce, text = aead.AESGCM(bytes(32)), bytes(12), b"a photo"
    closed = cipher.encrypt(nonce, text, None)
    changed = bytes([closed[0] ^ 1]) + closed[1:]
    try:
        cipher.decrypt(nonce, changed, None)
        is_change_refused = False
    except exceptions.InvalidTag:
        is_change_refused = True
    works = cipher.decrypt(nonce, closed, None) == text and is_change_refused
    print(json.dumps({"trouble": "", "version": version, "works": works}))


if __name__ == "__main__":
    main()
