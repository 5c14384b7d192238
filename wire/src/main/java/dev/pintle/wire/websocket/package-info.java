/// The frames of WebSocket (RFC 6455), as a server reads and writes them; no extensions.
@NullMarked
package dev.pintle.wire.websocket;

import org.jspecify.annotations.NullMarked;
