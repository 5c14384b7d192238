@NullMarked
package dev.pintle.kube.outbound;

import org.jspecify.annotations.NullMarked;
