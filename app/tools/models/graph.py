# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds ONNX graphs for networks written for channels-last tensors.

TFLite and tfjs keep images as N,H,W,C; ONNX convolutions want N,C,H,W. A Value
carries its shape in N,H,W,C order always, and says whether the tensor itself is
laid out channels first; transposes are put in only where the layout must change.
Constants are plain numpy arrays in the source's layout.
"""
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 13
IR_VERSION = 8  # what ONNX Runtime 1.21 and later read


@dataclass
class Value:
    name: str
    shape: list
    channels_first: bool = False


class GraphBuilder:
    def __init__(self):
        self._nodes = []
        self._constants = {}
        self._inputs = []
        self._count = 0

    # names, constants, raw nodes

    def _name(self, prefix):
        self._count += 1
        return f"{prefix}_{self._count}"

    def constant(self, array, prefix="c"):
        name = self._name(prefix)
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def node(self, op, inputs, shape, channels_first, **attributes):
        name = self._name(op.lower())
        self._nodes.append(helper.make_node(op, inputs, [name], **attributes))
        return Value(name, [int(n) for n in shape], channels_first)

    def input(self, name, shape):
        self._inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return Value(name, list(shape))

    # layout

    def channels_last(self, x):
        if not x.channels_first:
            return x
        return self.node("Transpose", [x.name], x.shape, False, perm=[0, 2, 3, 1])

    def channels_first(self, x):
        if x.channels_first:
            return x
        return self.node("Transpose", [x.name], x.shape, True, perm=[0, 3, 1, 2])

    # layers

    def conv(self, x, weights, bias, strides, padding, dilations=(1, 1), groups=1):
        """weights: output, input / groups, height, width."""
        x = self.channels_first(x)
        n, height, width, _ = x.shape
        kernel = weights.shape[2:]
        out, pads = _window((height, width), kernel, strides, dilations, padding)
        attributes = dict(kernel_shape=list(kernel), strides=list(strides),
                          dilations=list(dilations), group=groups)
        if padding == "SAME":
            attributes["pads"] = pads
        inputs = [x.name, self.constant(weights.astype(np.float32), "w")]
        if bias is not None:
            inputs.append(self.constant(bias.astype(np.float32).reshape(-1), "b"))
        return self.node("Conv", inputs, [n, *out, weights.shape[0]], True, **attributes)

    def transposed_conv(self, x, weights, bias, strides, out):
        """weights: input, output, height, width; out: height, width; padding SAME."""
        x = self.channels_first(x)
        n, height, width, _ = x.shape
        kernel = weights.shape[2:]
        full = [(size - 1) * stride + k for size, stride, k in zip((height, width), strides, kernel)]
        cut = [max(f - o, 0) for f, o in zip(full, out)]
        attributes = dict(kernel_shape=list(kernel), strides=list(strides), pads=_split(cut))
        extra = [o - (f - c) for o, f, c in zip(out, full, cut)]
        if any(extra):
            attributes["output_padding"] = extra
        inputs = [x.name, self.constant(weights.astype(np.float32), "w"),
                  self.constant(bias.astype(np.float32), "b")]
        return self.node("ConvTranspose", inputs, [n, *out, weights.shape[1]], True, **attributes)

    def pool(self, op, x, kernel, strides, padding):
        x = self.channels_first(x)
        n, height, width, channels = x.shape
        out, pads = _window((height, width), kernel, strides, (1, 1), padding)
        if op == "AveragePool" and out == [1, 1] and list(kernel) == [height, width]:
            return self.node("GlobalAveragePool", [x.name], [n, 1, 1, channels], True)
        attributes = dict(kernel_shape=list(kernel), strides=list(strides))
        if padding == "SAME":
            attributes["pads"] = pads
        return self.node(op, [x.name], [n, *out, channels], True, **attributes)

    def unary(self, op, x, **attributes):
        return self.node(op, [x.name], x.shape, x.channels_first, **attributes)

    def binary(self, op, a, b):
        """Two values, or a value and a constant on either side; numpy broadcasting."""
        if isinstance(a, np.ndarray):
            constant = self._beside(b, a)
            return self.node(op, [constant, b.name], np.broadcast_shapes(tuple(b.shape), a.shape), b.channels_first)
        if isinstance(b, np.ndarray):
            constant = self._beside(a, b)
            return self.node(op, [a.name, constant], np.broadcast_shapes(tuple(a.shape), b.shape), a.channels_first)
        first = len(a.shape) == len(b.shape) == 4 and (a.channels_first or b.channels_first)
        turn = self.channels_first if first else self.channels_last
        a, b = turn(a), turn(b)
        return self.node(op, [a.name, b.name], np.broadcast_shapes(tuple(a.shape), tuple(b.shape)), first)

    def _beside(self, x, array):
        """A constant turned into the layout of the value it is combined with."""
        array = np.asarray(array, np.float32)
        if array.size == 1:
            array = array.reshape(())
        elif x.channels_first:
            array = array.reshape((1,) * (4 - array.ndim) + array.shape).transpose(0, 3, 1, 2)
        return self.constant(array, "k")

    def prelu(self, x, slope):
        if len(x.shape) != 4:
            raise ValueError("PRelu of a tensor that is no image")
        x = self.channels_first(x)
        slope = np.asarray(slope, np.float32).reshape(-1, 1, 1)
        return self.node("PRelu", [x.name, self.constant(slope, "al")], x.shape, True)

    def pad(self, x, amounts):
        """amounts: one (before, after) pair for each of N, H, W, C; zeros."""
        amounts = np.asarray(amounts).reshape(4, 2)
        shape = [size + before + after for size, (before, after) in zip(x.shape, amounts)]
        x = self.channels_first(x)
        first = amounts[[0, 3, 1, 2]]
        pads = np.concatenate([first[:, 0], first[:, 1]]).astype(np.int64)
        inputs = [x.name, self.constant(pads, "p"), self.constant(np.float32(0), "pv")]
        return self.node("Pad", inputs, shape, True, mode="constant")

    def reshape(self, x, shape):
        x = self.channels_last(x)
        shape = [int(n) for n in shape]
        return self.node("Reshape", [x.name, self.constant(np.array(shape, np.int64), "rs")], shape, False)

    def concat(self, values, axis):
        rank = len(values[0].shape)
        axis %= rank
        shape = list(values[0].shape)
        shape[axis] = sum(v.shape[axis] for v in values)
        first = rank == 4 and any(v.channels_first for v in values)
        if first:
            values = [self.channels_first(v) for v in values]
            axis = [0, 2, 3, 1][axis]
        else:
            values = [self.channels_last(v) for v in values]
        return self.node("Concat", [v.name for v in values], shape, first, axis=axis)

    def resize_bilinear(self, x, height, width, align_corners, half_pixel_centers):
        x = self.channels_first(x)
        n, h, w, channels = x.shape
        mode = "align_corners" if align_corners else "half_pixel" if half_pixel_centers else "asymmetric"
        scales = self.constant(np.array([1, 1, height / h, width / w], np.float32), "sc")
        return self.node("Resize", [x.name, "", scales], [n, height, width, channels], True,
                         mode="linear", coordinate_transformation_mode=mode)

    def model(self, outputs):
        """outputs: pairs of name and Value. Nodes that lead to none of them are left out."""
        infos = []
        for name, value in outputs:
            value = self.channels_last(value)
            self._nodes.append(helper.make_node("Identity", [value.name], [name]))
            infos.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape))
        needed = {name for name, _ in outputs}
        kept = []
        for node in reversed(self._nodes):
            if needed.intersection(node.output):
                kept.insert(0, node)
                needed.update(node.input)
        constants = [tensor for name, tensor in self._constants.items() if name in needed]
        graph = helper.make_graph(kept, "network", self._inputs, infos, constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="likeness")
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model)
        return model


def _split(totals):
    """Padding split as TensorFlow does: the odd pixel goes to the bottom and right."""
    return [t // 2 for t in totals] + [t - t // 2 for t in totals]


def _window(sizes, kernel, strides, dilations, padding):
    """Output height and width of a sliding window, and the SAME padding it needs."""
    reach = [(k - 1) * d + 1 for k, d in zip(kernel, dilations)]
    if padding == "SAME":
        out = [-(-size // s) for size, s in zip(sizes, strides)]
    else:
        out = [(size - r) // s + 1 for size, r, s in zip(sizes, reach, strides)]
    total = [max((o - 1) * s + r - size, 0) for o, s, r, size in zip(out, strides, reach, sizes)]
    return out, _split(total)
