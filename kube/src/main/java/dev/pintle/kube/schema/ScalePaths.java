package dev.pintle.kube.schema;

/// The paths at which `scale` finds its values in an object; an empty path means there is none.
public record ScalePaths(String specReplicas, String statusReplicas, String selector) {}
