/// Priority and fairness through the program a user starts, beside the real server.
@NullMarked
package dev.pintle.compat.flowcontrol;

import org.jspecify.annotations.NullMarked;
