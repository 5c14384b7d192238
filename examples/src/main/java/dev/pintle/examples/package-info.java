/// Tests as users of the embedded server write them. Everything here is test code; this file says so.
@NullMarked
package dev.pintle.examples;

import org.jspecify.annotations.NullMarked;
