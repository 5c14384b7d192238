/// The reasons why a start ends without a running program: an [ExitCode] and one line for the user.
@NullMarked
package dev.pintle.server.failure;

import org.jspecify.annotations.NullMarked;
