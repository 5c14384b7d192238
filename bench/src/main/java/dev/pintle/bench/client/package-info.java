/// Clients that say what they are told: requests by field number, TLS that trusts anyone, HTTP/2 by the frame.
@NullMarked
package dev.pintle.bench.client;

import org.jspecify.annotations.NullMarked;
