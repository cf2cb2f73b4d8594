"""One round of the benchmark in Python: peers.py TASKS.json MILLISECONDS. Prints, as one JSON object, how many steps or passes a second
PyTorch (one thread) and NumPy make on each task; what is not installed is left out. The tasks are written by bench.js."""

import importlib
import json
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def rate(milliseconds, work, steps=None):
    """How often per second `work` runs, after a quarter of the time as a warm-up; or when it runs so many times, no more and no less."""
    if steps:
        start = time.perf_counter()
        for _ in range(steps):
            work()
        return steps / (time.perf_counter() - start)
    for duration in (milliseconds / 4000, milliseconds / 1000):
        start = time.perf_counter()
        done = 0
        elapsed = 0.0
        while elapsed < duration:
            work()
            done += 1
            elapsed = time.perf_counter() - start
    return done / elapsed


def batches(task):
    """The first row of one batch after the other, without end."""
    rows = task["rows"]
    size = min(task["batchSize"], rows)
    first = 0
    while True:
        yield slice(first, first + size)
        first = first + size if first + 2 * size <= rows else 0


def read(numpy, folder, task):
    def floats(name, columns):
        values = numpy.fromfile(os.path.join(folder, f"{task['id']}.{name}"), dtype=numpy.float32)
        return values.reshape(task["rows"], columns) if values.size else None

    return floats("inputs", task["columns"]), floats("targets", task["layers"][-1]["units"])


def play_torch(milliseconds, folder, tasks):
    import numpy
    import torch

    torch.set_num_threads(1)
    activations = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid}
    rates = {}
    for task in tasks:
        inputs, targets = read(numpy, folder, task)
        width, parts = task["columns"], []
        for layer in task["layers"]:
            parts.append(torch.nn.Linear(width, layer["units"]))
            width = layer["units"]
            if layer["activation"] in activations:
                parts.append(activations[layer["activation"]]())
        model = torch.nn.Sequential(*parts)
        x = torch.from_numpy(inputs)
        if task["kind"] == "predict":
            with torch.no_grad():
                rates[task["id"]] = rate(milliseconds, lambda: model(x))
            continue
        y = torch.from_numpy(targets)
        if task["loss"] == "cross-entropy":
            y, loss = y.argmax(1), torch.nn.CrossEntropyLoss()
        elif task["loss"] == "binary-cross-entropy":
            loss = torch.nn.BCEWithLogitsLoss()
        else:
            loss = lambda outputs, wanted: 0.5 * (outputs - wanted).square().sum(1).mean()
        settings = task["optimizer"]
        if settings["id"] == "adam":
            optimizer = torch.optim.Adam(model.parameters(), settings["learningRate"])
        else:
            optimizer = torch.optim.SGD(model.parameters(), settings["learningRate"], momentum=settings["momentum"])
        order = batches(task)

        def step():
            rows = next(order)
            optimizer.zero_grad()
            loss(model(x[rows]), y[rows]).backward()
            optimizer.step()

        rates[task["id"]] = rate(milliseconds, step, task.get("steps"))
    return rates


def play_numpy(milliseconds, folder, tasks):
    import numpy

    functions = {
        "identity": (lambda z: z, lambda a: 1),
        "tanh": (numpy.tanh, lambda a: 1 - a * a),
        "relu": (lambda z: numpy.maximum(z, 0), lambda a: a > 0),
        "sigmoid": (lambda z: 1 / (1 + numpy.exp(-z)), lambda a: a * (1 - a)),
    }
    random = numpy.random.default_rng(1)
    rates = {}
    for task in tasks:
        inputs, targets = read(numpy, folder, task)
        width, layers = task["columns"], []
        for layer in task["layers"]:
            bound = 1 / width**0.5
            weights = random.uniform(-bound, bound, (width, layer["units"])).astype(numpy.float32)
            layers.append((weights, numpy.zeros(layer["units"], numpy.float32), *functions[layer["activation"]]))
            width = layer["units"]
        parameters = [array for weights, bias, _, _ in layers for array in (weights, bias)]
        moments = [(numpy.zeros_like(p), numpy.zeros_like(p)) for p in parameters]
        settings, count = task["optimizer"], 0

        def forward(x):
            outputs = [x]
            for weights, bias, function, _ in layers:
                outputs.append(function(outputs[-1] @ weights + bias))
            return outputs

        if task["kind"] == "predict":
            rates[task["id"]] = rate(milliseconds, lambda: forward(inputs))
            continue
        order = batches(task)

        def step():
            nonlocal count
            count += 1
            rows = next(order)
            outputs, wanted = forward(inputs[rows]), targets[rows]
            size = len(wanted)
            if task["loss"] == "cross-entropy":
                shifted = numpy.exp(outputs[-1] - outputs[-1].max(1, keepdims=True))
                delta = (shifted / shifted.sum(1, keepdims=True) - wanted) / size
            elif task["loss"] == "binary-cross-entropy":
                delta = (1 / (1 + numpy.exp(-outputs[-1])) - wanted) / size
            else:
                delta = (outputs[-1] - wanted) / size
            for l in range(len(layers) - 1, -1, -1):
                weights, bias, _, slope = layers[l]
                delta = delta * slope(outputs[l + 1])
                gradients = outputs[l].T @ delta, delta.sum(0)
                delta = delta @ weights.T if l else None
                for p, g, (m, v) in zip((weights, bias), gradients, moments[2 * l : 2 * l + 2]):
                    if settings["id"] == "adam":
                        m += 0.1 * (g - m)
                        v += 0.001 * (g * g - v)
                        p -= settings["learningRate"] * (m / (1 - 0.9**count)) / (numpy.sqrt(v / (1 - 0.999**count)) + 1e-8)
                    elif settings["momentum"]:
                        m *= settings["momentum"]
                        m += g
                        p -= settings["learningRate"] * m
                    else:
                        p -= settings["learningRate"] * g

        rates[task["id"]] = rate(milliseconds, step, task.get("steps"))
    return rates


def main():
    path, milliseconds = sys.argv[1], float(sys.argv[2])
    with open(path, encoding="utf-8") as file:
        tasks = json.load(file)
    report = {"rates": {}, "versions": {}}
    for name, module, play in (("PyTorch", "torch", play_torch), ("NumPy", "numpy", play_numpy)):
        try:
            report["versions"][name] = importlib.import_module(module).__version__.split("a")[0]
            report["rates"][name] = play(milliseconds, os.path.dirname(path), tasks)
        except ModuleNotFoundError:
            pass
    print(json.dumps(report))


main()
