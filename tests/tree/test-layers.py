#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom. The build says it too, but a header that happens to be installed does compile."""
import re

import tree

# folder -> the folders of ours it may include
OURS = {
    "app/core": {"core"},
    "app/photo": {"core", "photo"},
    "app/store": {"core", "store"},
    "app/net": {"core", "net"},
    "app/flow": {"core", "photo", "store", "net", "flow"},
    "app/service": {"core", "photo", "service"},
    "app/tools": {"core", "photo", "tools"},
    "ui": {"core", "flow", "ui"},
}

# header of a library -> the only places that may include it
LIBRARIES = {
    r"(gtk|gdk|gsk|graphene)/|(gtk|graphene|adwaita)\.h|adw": {"ui"},
    r"curl/": {"app/net", "app/service/fetch.c"},
    r"cjose/": {"app/service/id-token.c"},
    r"liboath/": {"app/service/second-factor.c"},
    r"sqlite3\.h": {"app/store", "app/service"},
    r"cjson/|cJSON\.h": {"app/core/json.h", "app/net", "app/service", "app/tools"},
    r"microhttpd\.h|gnutls/": {"app/service"},
    r"sodium\.h": {"app/service", "app/store"},
    r"libsecret/": {"app/store"},
    r"jpeglib\.h|jerror\.h|png\.h|lcms2\.h|libexif/|libheif/|onnxruntime": {"app/photo", "app/tools"},
    r"seccomp\.h": {"app/photo/lockdown.c", "app/service/no-network.c"},
    r"ZXing/|zbar\.h|qrencode\.h": {"app/photo"},
    r"gcrypt\.h": {"app/service"},
    r"cairo": {"app/tools", "ui"},
}

# These bring the JSON library with them.
NOT_FOR_UI = {"core/json.h", "core/wire.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def folder_of(name):
    return next((folder for folder in OURS if name.startswith(folder + "/")), None)


def includes():
    """(file, its folder, header, whether it is one of ours)"""
    for name in tree.files(".c", ".h"):
        folder = folder_of(name)
        if folder is not None:
            for quote, header in INCLUDE.findall(tree.read(name)):
                yield name, folder, header, quote == '"'


def wrong_folders():
    for name, folder, header, ours in includes():
        # without a slash it lies beside the file
        if ours and "/" in header and header.split("/")[0] not in OURS[folder]:
            yield f"{name}: {folder} does not include \"{header}\""


def wrong_libraries():
    for name, folder, header, _ in includes():
        for pattern, places in LIBRARIES.items():
            if re.match(pattern, header) and not {name, folder} & places:
                yield f"{name}: <{header}> is only for {', '.join(sorted(places))}"


def json_in_ui():
    for name, folder, header, _ in includes():
        if folder == "ui" and header in NOT_FOR_UI:
            yield f"{name}: includes \"{header}\""


def missing_files():
    for name, folder, header, ours in includes():
        if ours and not any((tree.ROOT / base / header).is_file() for base in ("", "app", name.rpartition("/")[0])):
            yield f"{name}: there is no \"{header}\" in the tree"


tree.check("each folder includes only the folders below it", wrong_folders())
tree.check("each library is used only where it belongs", wrong_libraries())
tree.check("the widgets know no JSON", json_in_ui())
tree.check("what is included in quotes is ours", missing_files())
tree.finish()
