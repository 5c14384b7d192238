@NullMarked
package dev.pintle.kernel.keyspace;

import org.jspecify.annotations.NullMarked;
