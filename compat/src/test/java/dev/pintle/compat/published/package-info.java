/// Definitions and samples that known projects publish, sent to the real server and to Pintle. They are fetched as modules of Go
/// when the test runs, and nothing of them is kept.
@NullMarked
package dev.pintle.compat.published;

import org.jspecify.annotations.NullMarked;
