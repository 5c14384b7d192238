/// Requests that a server has received: [RequestLog] keeps the last of them, each a [ReceivedRequest], and a [RequestFilter] chooses some.
/// [Changes] is what two moments of a server differ in.
@NullMarked
package dev.pintle.embed.requests;

import org.jspecify.annotations.NullMarked;
