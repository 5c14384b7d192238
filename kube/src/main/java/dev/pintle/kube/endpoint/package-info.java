/// The controllers that tell by which pods a Service is served: [EndpointSliceController], [EndpointsController] for readers of the older
/// kind, and [EndpointSliceMirroringController] for addresses that people write themselves.
@NullMarked
package dev.pintle.kube.endpoint;

import org.jspecify.annotations.NullMarked;
