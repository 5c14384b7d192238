/// The look of the log: one line on standard error for each change of state.
@NullMarked
package dev.pintle.server.log;

import org.jspecify.annotations.NullMarked;
