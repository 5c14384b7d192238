@NullMarked
package dev.pintle.kube.signing;

import org.jspecify.annotations.NullMarked;
