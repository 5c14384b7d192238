/// The parts that HTTP/1.1 and HTTP/2 share: one [HttpExchange] over either's [HttpTransport].
@NullMarked
package dev.pintle.wire.http;

import org.jspecify.annotations.NullMarked;
