/// Threads for requests that an event loop cannot answer at once.
@NullMarked
package dev.pintle.etcd.work;

import org.jspecify.annotations.NullMarked;
