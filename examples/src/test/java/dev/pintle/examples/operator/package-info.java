/// An operator of the Java Operator SDK, and a test of it: each test method begins with an empty cluster and an operator that just started.
@NullMarked
package dev.pintle.examples.operator;

import org.jspecify.annotations.NullMarked;
