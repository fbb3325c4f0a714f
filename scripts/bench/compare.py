"""What `npm run bench:analysis` times `tierbench compare` beside: the study's kind of tables, by SciPy, over every metric.

For each condition and platform mean, median, SD and 95 % interval; for each pair of platforms Mann-Whitney's U and
Cliff's delta. Less than `compare` prints, which adds ratios and shifts with intervals, Brunner-Munzel, Holm, Kruskal-Wallis.
Usage: python3 bench-compare.py PLATFORM_FOLDER...
"""

import csv
import itertools
import math
import pathlib
import statistics
import sys

from scipy import stats

CONDITIONS = ("image", "mode", "file_size_mb", "target_pct", "file_count", "operation", "container_count")


def samples(folder):
    found = {}
    for path in sorted(pathlib.Path(folder).glob("0*.csv")):
        with open(path, newline="") as file:
            for row in csv.DictReader(file):
                condition = " ".join(row[name] for name in CONDITIONS if name in row)
                for name, cell in row.items():
                    if name != "iteration" and name not in CONDITIONS and cell != "N/A":
                        found.setdefault((path.name, condition, name), []).append(float(cell))
    return found


platforms = {pathlib.Path(folder).name: samples(folder) for folder in sys.argv[1:]}
for label, found in platforms.items():
    for key, values in found.items():
        n, mean, sd = len(values), statistics.fmean(values), statistics.stdev(values)
        half = stats.t.ppf(0.975, n - 1) * sd / math.sqrt(n)
        print(label, *key, n, f"{mean:.2f} ± {half:.2f}", f"{statistics.median(values):.2f}", f"{sd:.2f}")
for (a, of_a), (b, of_b) in itertools.combinations(platforms.items(), 2):
    for key in of_a.keys() & of_b.keys():
        u, p = stats.mannwhitneyu(of_a[key], of_b[key], alternative="two-sided")
        delta = 2 * u / (len(of_a[key]) * len(of_b[key])) - 1
        print(a, b, *key, f"U = {u:.1f}", f"p = {p:.2g}", f"delta = {delta:.3f}")
