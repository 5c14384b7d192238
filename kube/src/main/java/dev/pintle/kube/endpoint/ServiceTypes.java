package dev.pintle.kube.endpoint;

import dev.pintle.kube.schema.ResourceType;

/// The types of objects by which services find what stands behind them.
///
/// @param slices of EndpointSlices
public record ServiceTypes(
    ResourceType services,
    ResourceType pods,
    ResourceType nodes,
    ResourceType endpoints,
    ResourceType slices,
    ResourceType events) {}
