/// What is asked of a request between its decoding and its validation: a plain chain of [Admission]s.
@NullMarked
package dev.pintle.kube.admission;

import org.jspecify.annotations.NullMarked;
