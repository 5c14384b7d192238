/// Threads for what takes long because a client sent or asks for much, so that it never holds up those that small requests need.
@NullMarked
package dev.pintle.wire.worker;

import org.jspecify.annotations.NullMarked;
