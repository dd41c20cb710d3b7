#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file: its licence line, its length, its functions, what it must not name, whether it can be read."""
import ast
import json
import re
import xml.etree.ElementTree

import tree

SOURCES = (".c", ".h", ".py", ".js", ".ui", ".css", ".sql", ".sh", "meson.build", "meson_options.txt", ".in")
LONG_FILE, LONG_FUNCTION = 800, 120
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"

# Put together here, so that this file does not name them either.
FORBIDDEN = re.compile("|".join((
    r"/(?:wor" + r"k|ro" + r"ot)/", r"(?<![\w}])/home/\w", r"/Us" + r"ers/", r"/tmp/bri" + r"ef",
    r"registry\.np" + r"mjs", r"npm" + r"mirror\.", r"pyp" + r"i\.", r"\w+\.debian\.or" + r"g", r"proxy\.gol" + r"ang")))


def sources():
    return [name for name in tree.files() if name.endswith(SOURCES) or tree.is_script(name)]


def without_licence():
    for name in sources():
        first = tree.read(name).splitlines()[:2] or [""]
        # a script's first line says what runs it, an XML file's that it is XML
        line = first[1] if first[0].startswith(("#!", "<?xml")) and len(first) > 1 else first[0]
        if LICENCE not in line:
            yield f"{name}: does not begin with {LICENCE}"


def too_long():
    for name in tree.files(".c", ".h", ".py", ".js", ".ui", ".css"):
        length = len(tree.read(name).splitlines())
        if length > LONG_FILE:
            yield f"{name}: {length} lines"


def c_functions(text):
    """(first line, lines) of each body: with our style its braces stand in the first column."""
    start = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start is not None:
            yield start, number - start + 1
            start = None


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno - node.lineno + 1


def long_functions():
    for name in tree.files(".c", ".py"):
        functions = c_functions if name.endswith(".c") else python_functions
        for line, length in functions(tree.read(name)):
            if length > LONG_FUNCTION:
                yield f"{name}:{line}: a function of {length} lines"


def forbidden_names():
    for name in tree.files():
        try:
            text = tree.read(name)
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            match = FORBIDDEN.search(line)
            if match:
                yield f"{name}:{number}: names {match[0]}"


def no_duplicates(pairs):
    names = [name for name, _ in pairs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{sorted(twice)} stands there twice")
    return dict(pairs)


def bad_json():
    for name in tree.files(".json"):
        try:
            json.loads(tree.read(name), object_pairs_hook=no_duplicates)
        except ValueError as error:
            yield f"{name}: {error}"


def bad_xml():
    for name in tree.files(".ui", ".xml", ".svg", ".xml.in"):
        try:
            xml.etree.ElementTree.fromstring(tree.read(name).encode())
        except xml.etree.ElementTree.ParseError as error:
            yield f"{name}: {error}"


def loose_ends():
    pattern = re.compile(r"(#|//|/\*|<!--|^\s*\*)\s*(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    for name in sources():
        for number, line in enumerate(tree.read(name).splitlines(), 1):
            if pattern.search(line):
                yield f"{name}:{number}: unfinished"


tree.check("every source file begins with its licence", without_licence())
tree.check(f"no file has more than {LONG_FILE} lines", too_long())
tree.check(f"no function has more than {LONG_FUNCTION} lines", long_functions())
tree.check("no file names a machine's folders or a package registry", forbidden_names())
tree.check("JSON files can be read", bad_json())
tree.check("XML files can be read", bad_xml())
tree.check("nothing is marked as unfinished", loose_ends())
tree.finish()
