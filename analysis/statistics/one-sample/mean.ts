import { mean as compensatedMean } from "simple-statistics";
import { asPlainArray, type SortedSamples } from "../sorted-samples.ts";

/** Arithmetic mean, in the unit of the samples; summed with Kahan's and Babuška's compensation. */
export const mean = (samples: SortedSamples): number => compensatedMean(asPlainArray(samples));
