/// The entry: a [WireServer] listens where a [ListenerConfig] says and sends every connection to its protocol, by TLS's
/// ALPN or by its first bytes.
@NullMarked
package dev.pintle.wire.listen;

import org.jspecify.annotations.NullMarked;
