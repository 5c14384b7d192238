/// The count of what clients may make the process hold.
///
/// A [Budget] is a number that many connections share: one for all clients, and below it one for each client. A connection takes
/// from it through an [Allowance], in steps, so that a request usually costs an addition. [ClientAccount] has the budgets of one
/// client, [ConnectionAccount] the allowances of one connection. [ConnectionLimiter] lets connections in, and makes room for
/// them by ending those that only wait for their client.
@NullMarked
package dev.pintle.wire.budget;

import org.jspecify.annotations.NullMarked;
