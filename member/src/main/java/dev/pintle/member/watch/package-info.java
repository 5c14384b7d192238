/// Watchers: cursors over the shared log of changes.
///
/// [CursorHub] is driven by one thread, `step` by step. Its inbox takes what others ask of it and what was published. A
/// watcher is either *in sync*, found through the kernel's index when its key changes and given the event at once, or
/// *behind*, with the next revision it wants: because its stream takes no more, or because it began in the past. [CatchUp]
/// brings it on, from the [dev.pintle.kernel.watch.EventLog] or, from before that, through [EventHistory], which reads storage on
/// a thread of its own so that nobody waits for it. A stream that takes nothing costs nothing: its watchers leave the index
/// at their next event.
@NullMarked
package dev.pintle.member.watch;

import org.jspecify.annotations.NullMarked;
