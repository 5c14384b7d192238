/// The words for a client whose request was not done: the `Status` object with upstream's codes, reasons and texts.
///
/// A refusal travels as a [StatusError], thrown where it is found and caught in the one place that answers.
@NullMarked
package dev.pintle.kube.status;

import org.jspecify.annotations.NullMarked;
