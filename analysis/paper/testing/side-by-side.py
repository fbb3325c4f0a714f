"""The numbers that the study prints for platforms side by side, from its files, by Python and SciPy: an oracle for tests.

Usage: side-by-side.py DATA-FOLDER PLATFORM...   Prints JSON: table -> list of lines.
"""
import csv
import json
import sys
from functools import reduce
from itertools import combinations
from math import sqrt
from operator import add

from scipy.stats import mannwhitneyu

data, platforms = sys.argv[1], sys.argv[2:]


def column(platform, file, name, **where):
    """The numbers of a column in rows where other columns are as given; what is not a number is left out."""
    with open(f"{data}/{platform}/{file}.csv", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if all(row[key] == value for key, value in where.items()) and row[name] != "N/A":
                yield float(row[name])


def described(values):
    """n, mean, sd, half width, ends; two decimals. Sums are taken one after the other, as before Python 3.12."""
    n = len(values)
    mean = reduce(add, values, 0.0) / n
    sd = sqrt(reduce(add, ((x - mean) * (x - mean) for x in values), 0.0) / (n - 1))
    factor = next(k for least, k in ((30, 1.96), (20, 2.045), (10, 2.262), (0, 2.776)) if n >= least)
    half = factor * sd / sqrt(n)
    return n, *(round(x, 2) for x in (mean, sd, half, mean - half, mean + half))


def startup(platform, image):
    return list(column(platform, "01-startup-latency", "startup_ms", image=image, mode="warm"))


def tested(image, a, b):
    x, y = startup(a, image), startup(b, image)
    u, p = mannwhitneyu(x, y, alternative="two-sided")
    delta = 2 * u / (len(x) * len(y)) - 1
    return f"{image} {a} {b} U={round(u, 2)} p={round(p, 6):.6f} {p < 0.05} {round(delta, 3)}"


def positive(file, name, **where):
    for platform in platforms:
        values = [x for x in column(platform, file, name, **where) if x > 0]
        if values:
            n, mean, sd, half, _, _ = described(values)
            yield f"{platform} {' '.join([*where.values(), ''])}{mean:.2f} ± {half:.2f} σ={sd:.2f} n={n}"
        else:
            yield f"{platform} N/A"


IMAGES = ["alpine", "nginx", "python_3.11-slim"]
means = lambda d: f"{d[1]:.1f} {d[2]:.1f} [{d[4]:.1f}, {d[5]:.1f}] {d[0]}"
print(json.dumps({
    "startup-platforms": [f"{image} {p} {means(described(startup(p, image)))}" for image in IMAGES for p in platforms],
    "tests": [tested(image, a, b) for image in IMAGES for a, b in combinations(platforms, 2)],
    "copy-up-platforms": list(positive("02-copyup-overhead", "copyup_ms")),
    "cpu-throttling-platforms": list(positive("03-cpu-throttling", "measured_pct")),
    "namespaces-platforms": list(positive("07-namespace-overhead", "duration_ms")),
    "network-platforms": [line for mode in ("bridge", "host") for line in positive("08-network-latency", "avg_rtt_ms", mode=mode)],
    "memory-platforms": list(positive("09-memory-efficiency", "per_container_mem_mb")),
    "write tests": [
        f"{p} U={round(u, 2)} p={round(q, 6):.6f}"
        for p in platforms
        for u, q in [mannwhitneyu(*([*column(p, "04-write-performance", "write_speed_mbps", mode=m)] for m in ("overlayfs", "volume")))]
    ],
    "network tests": [
        f"{p} U={round(u, 2)} p={round(q, 6):.6f}"
        for p in platforms
        for u, q in [mannwhitneyu(*([*column(p, "08-network-latency", "avg_rtt_ms", mode=m)] for m in ("bridge", "host")))]
    ],
}))
