/// The meaning of watching, without threads: changes ([Delta] of [WatchEvent]s), the bounded memory of recent ones
/// ([EventLog]) and the question who wants to hear of a key ([WatcherIndex]). Each belongs to one thread; cursors,
/// streams and delivery are the runtime's business.
@NullMarked
package dev.pintle.kernel.watch;

import org.jspecify.annotations.NullMarked;
