/// The choice of the form in which a client wants its answer: [Representation], chosen from the Accept header by
/// upstream's rules.
@NullMarked
package dev.pintle.kube.negotiation;

import org.jspecify.annotations.NullMarked;
