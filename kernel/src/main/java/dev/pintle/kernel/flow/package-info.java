/// Fair queuing of requests: which of those that wait may go on, so that no flow of requests starves another.
///
/// A [QueueSet] is what one priority level has: some seats, and queues. A request takes seats while it is executed; when there are none
/// it waits in one of a few queues that a [Dealer] picked for its flow. Which queue goes next is decided in a virtual world in which
/// all queues are served at the same time, each at the same rate: the queue whose first request would be finished there first. Seats
/// are lent from level to level by [SeatBorrowing], after the [SeatDemand] of the last seconds. How many seats a request needs is said by a
/// [WorkEstimate].
///
/// Everything here is a state machine with its clock passed in, as nanoseconds of a clock that never goes back. Nothing is safe for
/// several threads at once. The rules are those of Kubernetes' API Priority and Fairness (KEP-1040), with the same decisions; an event costs
/// time in the logarithm of the number of busy queues, and a queue that is not busy costs nothing.
///
/// Start with [QueueSet].
@NullMarked
package dev.pintle.kernel.flow;

import org.jspecify.annotations.NullMarked;
