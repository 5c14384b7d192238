/// The Lease service.
@NullMarked
package dev.pintle.etcd.lease;

import org.jspecify.annotations.NullMarked;
