/// The count of what clients may make the process hold.
///
/// A [Budget] is a number that many connections share: one for all clients, and below it one for each client. A connection takes
/// from it through an [Allowance], in steps, so that a request usually costs an addition. [ClientAccount] has the budgets of one
/// client, [ConnectionAccount] the allowances of one connection. [ConnectionLimiter] lets connections in, and makes room for
/// them by ending those that only wait for their client. Who is ended first where not all can stay follows from the [ClientStanding] of
/// their clients: [GreetingQueue] has those that said nothing yet, [WaitingQueue] those that wait, [ReservedPlaces] those beyond the limits.
@NullMarked
package dev.pintle.wire.budget;

import org.jspecify.annotations.NullMarked;
