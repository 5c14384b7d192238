/// A controller on the official Java client, and a test of it.
@NullMarked
package dev.pintle.examples.controller;

import org.jspecify.annotations.NullMarked;
