/// The promises of the generator.
@NullMarked
package dev.pintle.schema;

import org.jspecify.annotations.NullMarked;
