/// The services by which the member tells of itself: the Maintenance and Cluster services, the standard health service,
/// and the one answer of Auth that holds while there is no authentication.
@NullMarked
package dev.pintle.etcd.maintenance;

import org.jspecify.annotations.NullMarked;
