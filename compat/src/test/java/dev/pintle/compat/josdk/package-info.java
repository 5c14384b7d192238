/// Operators of the Java Operator SDK against the started program.
@NullMarked
package dev.pintle.compat.josdk;

import org.jspecify.annotations.NullMarked;
