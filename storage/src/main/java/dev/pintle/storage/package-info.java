/// Backends of the kernel's ordered store.
@NullMarked
package dev.pintle.storage;

import org.jspecify.annotations.NullMarked;
