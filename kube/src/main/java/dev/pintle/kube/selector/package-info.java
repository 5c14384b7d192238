/// The choice of the objects that a client wants: by labels ([LabelSelector]) and by the few fields a resource offers
/// ([FieldSelector]).
@NullMarked
package dev.pintle.kube.selector;

import org.jspecify.annotations.NullMarked;
