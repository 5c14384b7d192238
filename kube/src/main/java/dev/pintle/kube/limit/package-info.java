/// The bounds that a namespace sets for what pods and claims ask for: [LimitRanger].
@NullMarked
package dev.pintle.kube.limit;

import org.jspecify.annotations.NullMarked;
