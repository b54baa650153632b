import { Counter, Gauge, Histogram, register } from 'prom-client';

/** The media type of `metricsText`. */
export const metricsType = register.contentType;

/** All metrics of this process in Prometheus' text format. */
export const metricsText = (): Promise<string> => register.metrics();

/** A value that goes up and down, by labels. Names follow Prometheus' rules: `almanac_<what>_<unit>`. */
export function gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
  return new Gauge({ name, help, labelNames });
}

/** How often something has happened, by labels: `almanac_<what>_total`. */
export function counter<Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
): Counter<Label> {
  return new Counter({ name, help, labelNames });
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Durations in seconds, by labels. */
export function durations<Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[],
): Histogram<Label> {
  return new Histogram({ name, help, labelNames, buckets: secondsBuckets });
}
