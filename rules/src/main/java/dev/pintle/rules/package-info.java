/// The build's own checks of purity, arrows, null marking and size.
@NullMarked
package dev.pintle.rules;

import org.jspecify.annotations.NullMarked;
