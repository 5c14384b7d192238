/// The values that a server fills in where a client left a field out. Most of it is data (`defaults.txt` beside the
/// classes), by the type of a structure, so that a pod template has its defaults wherever it stands. What needs more
/// than a line is a [NamedDefault]. [TypeDefaults] serves the built-in kinds; [PublishedDefaults] the defaults that a
/// custom resource's schema brings along.
@NullMarked
package dev.pintle.kube.defaults;

import org.jspecify.annotations.NullMarked;
