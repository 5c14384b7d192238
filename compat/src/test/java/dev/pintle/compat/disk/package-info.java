/// The effects of a disk without room on a running program: it says so, goes on reading, and loses nothing.
@NullMarked
package dev.pintle.compat.disk;

import org.jspecify.annotations.NullMarked;
