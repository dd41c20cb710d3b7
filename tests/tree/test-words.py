#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything a person reads can be translated, and is, into Chinese.

test-words.py --list: only the names of the files with words in them, for po/update.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tree

MARKED_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*"')
MARKED_UI = re.compile(r'translatable="(?:yes|true)"')
PO = "po/zh_CN.po"


def listed():
    return {line for line in tree.read("po/POTFILES.in").splitlines() if line and not line.startswith("#")}


def with_words():
    """Files that have something to translate."""
    for name in tree.files(".c", ".h", ".ui", ".desktop.in", ".metainfo.xml.in"):
        if name.startswith(("tests/", "app/core/error.")):
            continue
        if name.endswith(".in") or (MARKED_UI if name.endswith(".ui") else MARKED_C).search(tree.read(name)):
            yield name


def run(*command):
    done = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False,
                          env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    return done.returncode, [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


def compare(*arguments):
    """msgcmp with TEMPLATE standing for what the sources say now; its complaints."""
    with tempfile.TemporaryDirectory() as folder:
        template = str(Path(folder, "likeness.pot"))
        status, lines = run("po/update", "--template-only", template)
        if status == 0:
            status, lines = run("msgcmp", *(template if word == "TEMPLATE" else word for word in arguments))
    return lines if status != 0 else []


def incomplete():
    """Every message of the sources is there, translated and not doubtful."""
    return compare(PO, "TEMPLATE")


def not_in_use():
    """Old translations that no source asks for any more."""
    old = [line for line in tree.read(PO).splitlines() if line.startswith("#~ msgid")]
    return old + compare("--use-untranslated", "--use-fuzzy", "TEMPLATE", PO)


def malformed():
    status, lines = run("msgfmt", "--check", "--output-file=/dev/null", PO)
    return lines if status != 0 else []


def translations():
    """(source, Chinese) of each message without plural forms, as written in the file."""
    text = tree.read(PO)
    for msgid, msgstr in re.findall(r'^msgid ((?:".*"\n)+)(?:msgid_plural (?:".*"\n)+)?msgstr(?:\[0\])? ((?:".*"\n)+)',
                                    text, re.MULTILINE):
        yield tuple("".join(re.findall(r'"(.*)"', part)) for part in (msgid, msgstr))


def western_punctuation():
    """Chinese has its own commas, colons and brackets, one character wide; the semicolons of a desktop file's list stay."""
    for source, chinese in translations():
        if source and not source.endswith(";") and re.search(r"[\u4e00-\u9fff][,:;?!()]|[,:;!()][\u4e00-\u9fff]", chinese):
            yield f"{source!r}: {chinese!r}"


def untranslated_english():
    """A Chinese text without a single Chinese character is most likely a forgotten one."""
    # names, file kinds and patterns that are the same in every language
    same = re.compile(r"(?:%\S+|likeness\w*|JPEG|PNG|CSV|κ|[A-Z0-9]+|https?://\S*|[\W\d_])*")
    for source, chinese in translations():
        if source and not re.search(r"[\u4e00-\u9fff]", chinese) and not same.fullmatch(source):
            yield f"{source!r}: {chinese!r}"


if sys.argv[1:] == ["--list"]:
    print("\n".join(with_words()))
    sys.exit()

tree.check("POTFILES.in lists each file with words in it",
           [f"{name}: missing" for name in sorted(set(with_words()) - listed())])
tree.check("POTFILES.in lists no other file",
           [f"{name}: has no words, or is not there" for name in sorted(listed() - set(with_words()))])
if shutil.which("msgcmp") is None:
    tree.skip("the Chinese words are complete", "gettext is not installed")
else:
    tree.check("the Chinese words are complete", incomplete())
    tree.check("the Chinese words are well formed", malformed())
    tree.check("no Chinese word is left over", not_in_use())
tree.check("what is translated is Chinese", untranslated_english())
tree.check("Chinese is written with Chinese punctuation", western_punctuation())
tree.finish()
