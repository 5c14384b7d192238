/// The program: configuration, wiring, command line.
@NullMarked
package dev.pintle.server;

import org.jspecify.annotations.NullMarked;
