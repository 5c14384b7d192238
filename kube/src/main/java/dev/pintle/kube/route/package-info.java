/// The paths that are no resources: discovery, OpenAPI, health, metrics, the version and z-pages. Each is a [Route], and
/// [NonResourcePaths] asks one after another.
@NullMarked
package dev.pintle.kube.route;

import org.jspecify.annotations.NullMarked;
