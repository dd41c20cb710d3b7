# SPDX-License-Identifier: GPL-3.0-or-later
"""Rebuilds a tfjs graph model (model.json and one weight file) as ONNX.

Only the operators of the iris model are here; anything else raises ValueError.
"""
import base64
import json

import numpy as np

from graph import GraphBuilder


class Converter:
    def __init__(self, description, weights, input_shape):
        self.description = description
        self.nodes = {node["name"]: node for node in description["modelTopology"]["node"]}
        self.input_shape = input_shape
        self.graph = GraphBuilder()
        self.values = _weights(description["weightsManifest"], weights)

    def model(self):
        outputs = self.description["userDefinedMetadata"]["signature"]["outputs"].values()
        names = [output["name"].split(":")[0] for output in outputs]
        return self.graph.model([(name.replace("/", "_"), self._value(name)) for name in names])

    def _value(self, name):
        name = name.split(":")[0]
        if name not in self.values:
            node = self.nodes[name]
            args = [self._value(i) for i in node.get("input", [])]
            self.values[name] = self._build(node, args)
        return self.values[name]

    def _build(self, node, args):
        g = self.graph
        op = node["op"]
        if op == "Placeholder":
            return g.input(node["name"], self.input_shape)
        if op == "Identity":
            return args[0]
        if op == "AddV2":
            return g.binary("Add", args[0], args[1])
        if op == "Prelu":
            return g.prelu(args[0], args[1])
        if op == "MaxPool":
            return g.pool("MaxPool", args[0], _pair(node, "ksize"), _pair(node, "strides"), _text(node, "padding"))
        if op == "Pad":
            return g.pad(args[0], args[1])
        if op == "ConcatV2":
            return g.concat(args[:-1], int(args[-1]))
        if op == "_FusedConv2D":
            return self._fused_conv(node, args)
        if op == "DepthwiseConv2dNative":
            height, width, channels, times = args[1].shape
            weights = args[1].transpose(2, 3, 0, 1).reshape(channels * times, 1, height, width)
            return g.conv(args[0], weights, None, _pair(node, "strides"), _text(node, "padding"),
                          _pair(node, "dilations"), groups=channels)
        raise ValueError(f"tfjs operator {op} is not known here")

    def _fused_conv(self, node, args):
        fused = [_decode(s) for s in node["attr"]["fused_ops"]["list"]["s"]]
        if fused not in (["BiasAdd"], ["BiasAdd", "Prelu"]):
            raise ValueError(f"tfjs fused operators {fused} are not known here")
        x = self.graph.conv(args[0], args[1].transpose(3, 2, 0, 1), args[2], _pair(node, "strides"),
                            _text(node, "padding"), _pair(node, "dilations"))
        return self.graph.prelu(x, args[3]) if "Prelu" in fused else x


def _weights(manifest, data):
    arrays = {}
    offset = 0
    for group in manifest:
        for entry in group["weights"]:
            if "quantization" in entry or entry["dtype"] not in ("float32", "int32"):
                raise ValueError(f"tfjs weights of {entry['name']} are stored in a way not known here")
            count = int(np.prod(entry["shape"]))
            arrays[entry["name"]] = np.frombuffer(data, entry["dtype"], count, offset).reshape(entry["shape"])
            offset += 4 * count
    return arrays


def _decode(text):
    return base64.b64decode(text).decode()


def _text(node, key):
    return _decode(node["attr"][key]["s"])


def _pair(node, key):
    """Height and width of an N, H, W, C list attribute."""
    return tuple(int(i) for i in node["attr"][key]["list"]["i"][1:3])


def convert(description, weights, input_shape):
    """description: bytes of the .json; weights: bytes of the .bin -> onnx.ModelProto."""
    return Converter(json.loads(description), weights, input_shape).model()
