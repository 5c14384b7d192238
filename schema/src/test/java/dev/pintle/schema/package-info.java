/// What the generator promises.
@NullMarked
package dev.pintle.schema;

import org.jspecify.annotations.NullMarked;
