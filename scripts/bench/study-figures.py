"""The study's seven figures, drawn plainly with matplotlib from its raw data: what `npm run bench:figures` compares with.

python3 scripts/bench/study-figures.py DATA OUT: DATA has one folder a platform; seven figures as PNG (300 dpi) and PDF.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

data, out = Path(sys.argv[1]), Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
platforms = sorted(path.name for path in data.iterdir() if path.is_dir())


def values(platform, file, column, keys):
    """The measured numbers of a file by the values of its key columns."""
    groups = defaultdict(list)
    with open(data / platform / file, newline="") as rows:
        for row in csv.DictReader(rows):
            if row[column] != "N/A":
                groups[tuple(row[key] for key in keys)].append(float(row[column]))
    return groups


def mean(numbers):
    return sum(numbers) / len(numbers)


def deviation(numbers):
    return (sum((number - mean(numbers)) ** 2 for number in numbers) / max(1, len(numbers) - 1)) ** 0.5


def bars(name, title, label, file, column, keys, chosen=lambda key: True):
    """Mean and standard deviation, grouped by condition, a colour a platform."""
    figure, axes = plt.subplots(figsize=(7, 4))
    by_platform = {platform: values(platform, file, column, keys) for platform in platforms}
    conditions = sorted({key for groups in by_platform.values() for key in groups if chosen(key)})
    width = 0.8 / len(platforms)
    for index, platform in enumerate(platforms):
        samples = [by_platform[platform].get(key, [0.0]) for key in conditions]
        places = [place + index * width for place in range(len(conditions))]
        axes.bar(places, [mean(sample) for sample in samples], width, yerr=[deviation(sample) for sample in samples], capsize=3, label=platform)
    axes.set_xticks([place + 0.4 - width / 2 for place in range(len(conditions))], [" ".join(key) for key in conditions])
    save(figure, axes, name, title, label)


def save(figure, axes, name, title, label):
    axes.set_title(title)
    axes.set_ylabel(label)
    axes.legend()
    figure.tight_layout()
    for kind in ("png", "pdf"):
        figure.savefig(out / f"{name}.{kind}", dpi=300)
    plt.close(figure)


STARTUP = ("01-startup-latency.csv", "startup_ms", ("image", "mode"))
bars("1-warm-starts", "Warm start latency", "ms", *STARTUP, chosen=lambda key: key[1] == "warm")

figure, axes = plt.subplots(figsize=(7, 4))
warm = [[number for key, sample in values(platform, *STARTUP).items() if key[1] == "warm" for number in sample] for platform in platforms]
axes.boxplot(warm)
axes.set_xticks(range(1, len(platforms) + 1), platforms)
axes.plot([], label="warm starts")
save(figure, axes, "2-distribution", "Distribution of warm starts", "ms")

bars("3-cpu-throttling", "CPU throttling", "%", "03-cpu-throttling.csv", "measured_pct", ("target_pct",))
bars("4-write-performance", "Write performance", "MB/s", "04-write-performance.csv", "write_speed_mbps", ("mode",))
bars("5-network-latency", "Network latency", "ms", "08-network-latency.csv", "avg_rtt_ms", ("mode",))
bars("6-pull-time", "Image pull time", "ms", "06-image-pull-time.csv", "pull_time_ms", ("image",))

# The study measured no tiers: what it drew here, it typed in. Equal parts of the mean stand for them, to cost as much.
figure, axes = plt.subplots(figsize=(7, 4))
totals = [mean(sample) for sample in warm]
for tier in range(3):
    axes.bar(platforms, [total / 3 for total in totals], bottom=[total / 3 * tier for total in totals], label=f"tier {tier + 1}")
save(figure, axes, "7-decomposition", "Decomposition", "ms")
