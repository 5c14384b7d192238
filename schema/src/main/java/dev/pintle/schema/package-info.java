/// Build-time generator: turns Kubernetes client libraries into one schema resource for kube. Not shipped.
@NullMarked
package dev.pintle.schema;

import org.jspecify.annotations.NullMarked;
