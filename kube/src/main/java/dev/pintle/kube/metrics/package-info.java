/// The counts of requests, in upstream's names and in Prometheus' text form: [RequestMetrics] is told when each begins
/// and ends, [MetricsText] writes.
@NullMarked
package dev.pintle.kube.metrics;

import org.jspecify.annotations.NullMarked;
