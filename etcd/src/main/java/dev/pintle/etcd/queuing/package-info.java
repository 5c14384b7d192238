/// Fair queuing in front of the etcd API, after a [dev.pintle.etcd.plan.QueuingPlan].
///
/// [FairGate] stands before the methods: it reads from a request which keys it reaches ([RequestReading]), finds its rule ([RuleIndex]) and
/// lets it ask its level for seats ([SeatLevel], around the kernel's queue set). A request that must wait is a [SeatTicket]: it holds no
/// thread, only its message, which counts among what its connection keeps. It goes on on its connection's event loop, and gives its seats
/// back when it is answered; a stream gives them back as soon as its client does not take what it is sent.
///
/// Nothing waits for a lock: what is told to a level is done by whoever told it something while nobody else was doing so.
@NullMarked
package dev.pintle.etcd.queuing;

import org.jspecify.annotations.NullMarked;
