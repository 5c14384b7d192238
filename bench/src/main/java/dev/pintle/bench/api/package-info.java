/// A cheap client of the Kubernetes API as many programs on many machines would be: HTTP/2 over TLS, a connection and an identity each,
/// calls that wait on virtual threads, watches that hand over line after line.
@NullMarked
package dev.pintle.bench.api;

import org.jspecify.annotations.NullMarked;
