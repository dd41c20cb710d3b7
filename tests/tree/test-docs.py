#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documents promise is there."""
import re

import tree


def verbs():
    """Words the usage text of ./dev explains."""
    usage = re.search(r"^usage: \./dev VERB\n(.*?)^END$", tree.read("dev"), re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^  (\w+)  ", usage[1], re.MULTILINE)) if usage else set()


def documents():
    return tree.files(".md")


def unknown_verbs():
    known = verbs()
    for name in documents():
        for verb in re.findall(r"\./dev ([a-z]\w*)", tree.read(name)):
            if verb not in known:
                yield f"{name}: ./dev has no verb {verb}"


def verbs_without_code():
    text = tree.read("dev")
    chosen = re.search(r"^case \$verb in\n\s*([\w|]+)\)", text, re.MULTILINE)
    taken = set(chosen[1].split("|")) if chosen else set()
    for verb in sorted(verbs() ^ taken):
        yield f"{verb}: explained or taken by ./dev, but not both"


def broken_links():
    for name in documents():
        for link in re.findall(r"\]\(([^)#\s]+)", tree.read(name)):
            if "://" not in link and not (tree.ROOT / name).parent.joinpath(link).exists():
                yield f"{name}: {link} is not there"


def files_not_there():
    """`data/reasons.json` and the like, named in passing."""
    tops = "app|data|docs|po|tests|ui"
    for name in documents():
        for path in re.findall(rf"`((?:{tops})/[\w./-]*\w)`", tree.read(name)):
            if not (tree.ROOT / path).exists():
                yield f"{name}: {path} is not there"


tree.check("documents name only verbs that ./dev has", unknown_verbs())
tree.check("./dev explains the verbs it takes", verbs_without_code())
tree.check("links lead somewhere", broken_links())
tree.check("files named in documents are there", files_not_there())
tree.finish()
