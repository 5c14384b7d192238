/// The rights that an operator is given, and a test that they suffice and are no more than that.
@NullMarked
package dev.pintle.examples.rights;

import org.jspecify.annotations.NullMarked;
