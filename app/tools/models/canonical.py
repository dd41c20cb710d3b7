# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes canonical-face.bin from MediaPipe's geometry metadata (a protobuf).

The file, little-endian:
    char[8]  "LKCANON1"
    u32      number of vertices (468, numbered as the mesh model numbers its points)
    u32      number of weights
    vertices x 5 float32: x, y, z in centimetres (y up, z towards the viewer), u, v
    weights  x (u32 vertex, float32 weight): the points that fix the pose of a head
"""
import struct

VERTICES = 468
FLOATS = 5


def convert(data):
    vertices, weights = [], []
    for field, value in _fields(data):
        if field == 1:  # mesh: the vertex buffer is its repeated float field 3
            vertices = [v for f, v in _fields(value) if f == 3]
        elif field == 2:  # landmark 1, weight 2
            landmark = dict(_fields(value))
            weights.append((landmark[1], landmark[2]))
    if len(vertices) != VERTICES * FLOATS or not weights:
        raise ValueError("the geometry metadata does not hold the canonical face")
    out = [struct.pack("<8sII", b"LKCANON1", VERTICES, len(weights)), struct.pack(f"<{len(vertices)}f", *vertices)]
    out += [struct.pack("<If", *weight) for weight in weights]
    return b"".join(out)


def _fields(data):
    """Pairs of field number and value of one protobuf message."""
    position = 0
    while position < len(data):
        key, position = _varint(data, position)
        wire = key & 7
        if wire == 0:
            value, position = _varint(data, position)
        elif wire == 2:
            size, position = _varint(data, position)
            value, position = data[position:position + size], position + size
        elif wire == 5:
            value, position = struct.unpack_from("<f", data, position)[0], position + 4
        else:
            raise ValueError(f"protobuf wire type {wire} is not known here")
        yield key >> 3, value


def _varint(data, position):
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, position
