# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads .tflite files (flatbuffers) and rebuilds their networks as ONNX.

Field numbers follow the public TFLite schema; only what our models use is here,
anything else raises ValueError.
"""
import struct
from dataclasses import dataclass

import numpy as np

from graph import GraphBuilder

KINDS = {0: "ADD", 1: "AVERAGE_POOL_2D", 2: "CONCATENATION", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D",
         6: "DEQUANTIZE", 14: "LOGISTIC", 17: "MAX_POOL_2D", 18: "MUL", 19: "RELU", 22: "RESHAPE",
         23: "RESIZE_BILINEAR", 34: "PAD", 41: "SUB", 54: "PRELU", 101: "ABS", 117: "HARD_SWISH"}
CUSTOM = 32
DTYPES = {0: np.float32, 1: np.float16, 2: np.int32}
PADDING = {0: "SAME", 1: "VALID"}
UNARY = {"RELU": "Relu", "ABS": "Abs", "LOGISTIC": "Sigmoid"}
BINARY = {"ADD": "Add", "SUB": "Sub", "MUL": "Mul"}


class Table:
    """A flatbuffers table: fields are found through a table of offsets before it."""

    def __init__(self, data, position):
        self.data = data
        self.position = position
        self.fields = position - struct.unpack_from("<i", data, position)[0]
        self.fields_size = struct.unpack_from("<H", data, self.fields)[0]

    def _field(self, index):
        entry = 4 + 2 * index
        if entry >= self.fields_size:
            return None
        offset = struct.unpack_from("<H", self.data, self.fields + entry)[0]
        return self.position + offset if offset else None

    def _target(self, index):
        field = self._field(index)
        return None if field is None else field + struct.unpack_from("<I", self.data, field)[0]

    def scalar(self, index, code, default=0):
        field = self._field(index)
        return default if field is None else struct.unpack_from("<" + code, self.data, field)[0]

    def table(self, index):
        target = self._target(index)
        return None if target is None else Table(self.data, target)

    def vector(self, index, dtype):
        target = self._target(index)
        if target is None:
            return np.zeros(0, dtype)
        return np.frombuffer(self.data, dtype, struct.unpack_from("<I", self.data, target)[0], target + 4)

    def string(self, index):
        return self.vector(index, np.uint8).tobytes().decode()

    def tables(self, index):
        offsets = self.vector(index, np.uint32)
        first = (self._target(index) or 0) + 4
        return [Table(self.data, first + 4 * i + int(offset)) for i, offset in enumerate(offsets)]


@dataclass
class Tensor:
    name: str
    shape: list
    data: np.ndarray  # None where the network computes it


@dataclass
class Operator:
    kind: str
    inputs: list
    outputs: list
    options: Table
    custom: bytes

    def option(self, index, code="i", default=0):
        return default if self.options is None else self.options.scalar(index, code, default)


def read(data):
    """-> tensors, input numbers, output numbers, operators in order."""
    model = Table(data, struct.unpack_from("<I", data, 0)[0])
    kinds = []
    for code in model.tables(1):
        number = max(code.scalar(0, "b"), code.scalar(3, "i"))
        kinds.append(code.string(1) if number == CUSTOM else KINDS.get(number, f"number {number}"))
    buffers = model.tables(4)
    network = model.tables(2)[0]
    tensors = [_tensor(table, buffers) for table in network.tables(0)]
    operators = [Operator(kinds[o.scalar(0, "I")], o.vector(1, np.int32).tolist(), o.vector(2, np.int32).tolist(),
                          o.table(4), o.vector(5, np.uint8).tobytes())
                 for o in network.tables(3)]
    return tensors, network.vector(1, np.int32).tolist(), network.vector(2, np.int32).tolist(), operators


def _tensor(table, buffers):
    raw = buffers[table.scalar(2, "I")].vector(0, np.uint8)
    shape = table.vector(0, np.int32).tolist()
    data = raw.view(DTYPES[table.scalar(1, "b")]).reshape(shape) if len(raw) else None
    return Tensor(table.string(3), shape, data)


class Converter:
    def __init__(self, data):
        self.tensors, self.inputs, self.outputs, self.operators = read(data)
        self.graph = GraphBuilder()
        self.values = {}

    def model(self):
        for i in self.inputs:
            tensor = self.tensors[i]
            # one photo at a time, whatever batch the file was exported with
            self.values[i] = self.graph.input(tensor.name.replace("/", "_"), [1] + tensor.shape[1:])
        for op in self.operators:
            self.values[op.outputs[0]] = self._build(op, [self._get(i) for i in op.inputs])
        return self.graph.model([(self.tensors[o].name.replace("/", "_"), self.values[o]) for o in self.outputs])

    def _get(self, i):
        return self.values[i] if i in self.values else self.tensors[i].data

    def _build(self, op, args):
        g = self.graph
        kind = op.kind
        if kind == "DEQUANTIZE":
            return args[0].astype(np.float32)
        if kind in UNARY:
            return g.unary(UNARY[kind], args[0])
        if kind in BINARY:
            return self._activate(g.binary(BINARY[kind], args[0], args[1]), op.option(0, "b"))
        if kind == "HARD_SWISH":
            return g.binary("Mul", args[0], g.unary("HardSigmoid", args[0], alpha=1 / 6, beta=0.5))
        if kind == "PRELU":
            return g.prelu(args[0], args[1])
        if kind == "PAD":
            return g.pad(args[0], args[1])
        if kind == "RESHAPE":
            return g.reshape(args[0], [1] + self.tensors[op.outputs[0]].shape[1:])
        if kind == "CONCATENATION":
            return g.concat(args, op.option(0))
        if kind == "RESIZE_BILINEAR":
            height, width = args[1].tolist()
            return g.resize_bilinear(args[0], height, width, op.option(2, "B"), op.option(3, "B"))
        return self._build_window(op, args)

    def _build_window(self, op, args):
        """Operators that slide a window over the picture."""
        g = self.graph
        kind = op.kind
        if kind == "CONV_2D":
            weights = args[1].transpose(0, 3, 1, 2)
            x = g.conv(args[0], weights, args[2], self._strides(op), self._padding(op),
                       (op.option(5, default=1), op.option(4, default=1)))
            return self._activate(x, op.option(3, "b"))
        if kind == "DEPTHWISE_CONV_2D":
            weights = args[1].transpose(3, 0, 1, 2)
            x = g.conv(args[0], weights, args[2], self._strides(op), self._padding(op),
                       (op.option(6, default=1), op.option(5, default=1)), groups=args[0].shape[3])
            return self._activate(x, op.option(4, "b"))
        if kind in ("MAX_POOL_2D", "AVERAGE_POOL_2D"):
            name = "MaxPool" if kind == "MAX_POOL_2D" else "AveragePool"
            x = g.pool(name, args[0], (op.option(4), op.option(3)), self._strides(op), self._padding(op))
            return self._activate(x, op.option(5, "b"))
        if kind == "Convolution2DTransposeBias":  # MediaPipe's own; options: padding, width stride, height stride
            _, stride_x, stride_y = struct.unpack_from("<3i", op.custom)
            height, width = self.tensors[op.outputs[0]].shape[1:3]
            return g.transposed_conv(args[0], args[1].transpose(3, 0, 1, 2), args[2],
                                     (stride_y, stride_x), [height, width])
        raise ValueError(f"TFLite operator {kind} is not known here")

    def _activate(self, x, number):
        if number == 0:
            return x
        if number == 1:
            return self.graph.unary("Relu", x)
        raise ValueError(f"TFLite activation {number} is not known here")

    @staticmethod
    def _strides(op):
        return op.option(2), op.option(1)

    @staticmethod
    def _padding(op):
        return PADDING[op.option(0, "b")]


def convert(data):
    """data: bytes of a .tflite file -> onnx.ModelProto."""
    return Converter(data).model()
