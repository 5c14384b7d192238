/// The end of history, as every kube-apiserver brings it about for the store that it uses: [Compactor].
@NullMarked
package dev.pintle.kube.compaction;

import org.jspecify.annotations.NullMarked;
