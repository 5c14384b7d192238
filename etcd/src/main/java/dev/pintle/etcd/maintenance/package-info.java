/// What the member says of itself: the Maintenance and Cluster services, the standard health service, and the one answer of
/// Auth that holds while there is no authentication.
@NullMarked
package dev.pintle.etcd.maintenance;

import org.jspecify.annotations.NullMarked;
