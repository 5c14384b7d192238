/// The HTTP client of the server, for the servers of others that it asks: webhooks of admission and of conversion.
///
/// [dev.pintle.kube.outbound.WebhookClient] sends a review and takes the answer apart; below it [dev.pintle.kube.outbound.OutboundClient]
/// knows bytes only. It speaks HTTP/1.1 over TLS on sockets that block, for whoever calls it is a virtual thread: one call is one
/// exchange, read from top to bottom, and what it waits for holds no thread of the operating system. It follows no redirect, knows no
/// proxy, and everything about a call has a limit: the time, the size of the answer, the number of calls and their bytes at once.
@NullMarked
package dev.pintle.kube.outbound;

import org.jspecify.annotations.NullMarked;
