package dev.pintle.kube.schema;

/// A version of a group that somebody else is to serve: an APIService says so.
///
/// @param priority of the group: the greater, the earlier discovery lists it
/// @param local whether it names no service; then nobody serves it, unless this server does
public record AggregatedGroupVersion(GroupVersion groupVersion, int priority, boolean local) {}
