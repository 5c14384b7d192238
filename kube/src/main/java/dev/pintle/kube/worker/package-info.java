/// Threads for requests. Most run on virtual threads, as many as there are requests; what takes long because a client sent or asks
/// for much runs on the few threads of a [FairExecutor], so that it never holds those that small requests need.
@NullMarked
package dev.pintle.kube.worker;

import org.jspecify.annotations.NullMarked;
