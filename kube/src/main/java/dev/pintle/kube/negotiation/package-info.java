/// In which form a client wants its answer: [Representation], chosen from the Accept header by upstream's rules.
@NullMarked
package dev.pintle.kube.negotiation;

import org.jspecify.annotations.NullMarked;
