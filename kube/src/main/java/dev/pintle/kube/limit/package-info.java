/// The bounds that a namespace sets for what pods and claims ask for: [LimitRanger]; and those that a node sets for what its
/// pods grow to: [PodResizeValidator].
@NullMarked
package dev.pintle.kube.limit;

import org.jspecify.annotations.NullMarked;
