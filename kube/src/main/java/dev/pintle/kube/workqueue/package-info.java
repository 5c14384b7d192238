/// The queues that controllers work from.
@NullMarked
package dev.pintle.kube.workqueue;

import org.jspecify.annotations.NullMarked;
