/// Surface: the Kubernetes API.
@NullMarked
package dev.pintle.kube;

import org.jspecify.annotations.NullMarked;
