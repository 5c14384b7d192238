/// The documents in which the server tells of itself: groups, versions and resources, in the legacy documents and in
/// the aggregated ones.
///
/// Enter at [DiscoveryDocuments]; it makes documents of the current
/// [dev.pintle.kube.schema.TypeSnapshot] when they are asked for and keeps them until the snapshot
/// changes.
@NullMarked
package dev.pintle.kube.discovery;

import org.jspecify.annotations.NullMarked;
