package dev.pintle.kube.endpoint;

import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectIndex;

/// The types of objects by which services find what stands behind them, and what finds it.
///
/// @param selected the pods behind services
/// @param slicesOf see [SliceEvents#index]
/// @param slices of EndpointSlices
public record ServiceTypes(
    ResourceType services,
    ResourceType pods,
    ResourceType nodes,
    ResourceType endpoints,
    ResourceType slices,
    ResourceType events,
    ServicePods selected,
    ObjectIndex slicesOf) {
  public ServiceTypes(
      ResourceType services,
      ResourceType pods,
      ResourceType nodes,
      ResourceType endpoints,
      ResourceType slices,
      ResourceType events) {
    this(
        services,
        pods,
        nodes,
        endpoints,
        slices,
        events,
        new ServicePods(pods),
        SliceEvents.index(slices));
  }
}
