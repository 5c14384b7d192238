/// API Priority and Fairness: which requests may be worked on now, which wait, and which are turned away.
///
/// A request is matched against the FlowSchemas, in the order of their precedence; the first one that matches names the priority level,
/// and what tells its flows apart. Each [PriorityLevel] has a queue set of `dev.pintle.kernel.flow` behind a lock of its own. A
/// request that waits is a [FlowTicket] and no thread: once it is dispatched it goes on on a new one.
///
/// Start with [FlowControl]; the stage in the chain is `PriorityAndFairness`. The locks are those of the single levels and, around them,
/// that of the configuration; no level's lock is ever taken under another's.
@NullMarked
package dev.pintle.kube.flowcontrol;

import org.jspecify.annotations.NullMarked;
