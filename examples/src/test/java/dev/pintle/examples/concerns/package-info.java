/// What users of other test servers have had to live with, each with a test that it does not happen here.
@NullMarked
package dev.pintle.examples.concerns;

import org.jspecify.annotations.NullMarked;
