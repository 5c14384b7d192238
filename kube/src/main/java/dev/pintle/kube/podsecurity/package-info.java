/// The Pod Security Standards: what a namespace's labels promise of its pods ([NamespacePolicy]), the checks of every level and version
/// ([PodChecks]), and the plugin that holds pods to them, [PodSecurity].
@NullMarked
package dev.pintle.kube.podsecurity;

import org.jspecify.annotations.NullMarked;
