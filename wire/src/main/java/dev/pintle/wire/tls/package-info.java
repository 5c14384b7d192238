/// TLS of a listener: certificates, ALPN, who the client is.
@NullMarked
package dev.pintle.wire.tls;

import org.jspecify.annotations.NullMarked;
