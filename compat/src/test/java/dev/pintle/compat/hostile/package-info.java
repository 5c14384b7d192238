/// Requests that no honest client sends.
@NullMarked
package dev.pintle.compat.hostile;

import org.jspecify.annotations.NullMarked;
