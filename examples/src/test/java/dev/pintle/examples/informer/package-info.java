/// An informer of fabric8's client, and a test of what depends on it.
@NullMarked
package dev.pintle.examples.informer;

import org.jspecify.annotations.NullMarked;
