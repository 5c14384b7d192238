/// What a disk without room does to a running program: it says so, goes on reading, and loses nothing.
@NullMarked
package dev.pintle.compat.disk;

import org.jspecify.annotations.NullMarked;
