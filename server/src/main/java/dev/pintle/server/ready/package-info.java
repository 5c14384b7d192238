/// The words of the program to the world once it serves: a file for programs, a block for people.
@NullMarked
package dev.pintle.server.ready;

import org.jspecify.annotations.NullMarked;
